//! Where we refuse what kubectl reads. Nothing is read as something else.

use super::Outcome;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// More than five hundred levels of nesting; kubectl takes ten thousand.
    Nesting,
    /// A byte order mark in front of a line: what kubectl makes of it depends on where its buffer begins.
    ByteOrderMark,
    /// A character that no YAML may have, behind the first document: kubectl sees it only within the next 512 bytes.
    ControlCharacter,
}

/// Which of these a case is, where kubectl loads and we refuse.
pub fn explain(theirs: &Outcome, ours: &Outcome) -> Option<Known> {
    match (theirs, ours) {
        (Ok(_), Err(message)) if message.contains("nested deeper than 500 levels") => Some(Known::Nesting),
        (Ok(_), Err(message)) if message.contains("starts with a byte order mark") => {
            Some(Known::ByteOrderMark)
        }
        (Ok(_), Err(message))
            if message.contains("control characters") || message.contains("is not valid UTF-") =>
        {
            Some(Known::ControlCharacter)
        }
        _ => None,
    }
}
