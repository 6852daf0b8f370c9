//! Why a place can't be edited truthfully, before it is known which file and which edit are meant.

/// What stands in the way of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Blocker {
    /// The bytes are repeated elsewhere through an anchor: changing them would change those places too.
    Shared {
        /// The line of the shared bytes.
        line: usize,
    },
    /// The value comes through a merge key that stands after it.
    Merged {
        /// The line of the value or mapping.
        line: usize,
    },
    /// The YAML is written in a way that leaves no sure place to edit.
    Unusual {
        /// The line.
        line: usize,
    },
}

impl Blocker {
    /// The end of a sentence that starts with what can't be done.
    pub fn reason(&self) -> String {
        match self {
            Self::Shared { line } => {
                format!(
                    "what stands on line {line} is repeated elsewhere through an anchor, which would change too"
                )
            }
            Self::Merged { line } => format!("it comes through the merge key `<<` on line {line}"),
            Self::Unusual { line } => {
                format!("line {line} is written in a way that leaves no sure place for the change")
            }
        }
    }
}
