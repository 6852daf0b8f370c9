//! One change to one file.

/// What is to become different in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// `current-context` becomes this; empty for none.
    Current(String),
    /// A context's namespace becomes this, or goes.
    Namespace { context: String, namespace: Option<String> },
    /// A context's name.
    Rename { from: String, to: String },
    /// These contexts go.
    Delete(Vec<String>),
}
