//! The previous namespace and context, for `-`.

use serde::{Deserialize, Serialize};

/// The namespace a context had before the last switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousNamespace {
    /// The namespace; none if the context had none.
    pub namespace: Option<String>,
}

/// The context that was current before the last switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousContext {
    /// Its name.
    pub context: String,
    /// The one before it, where the current context was unset: undoing that leads back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<String>,
}

impl PreviousContext {
    /// Returns the record of a context.
    pub fn new(context: impl Into<String>) -> Self {
        Self { context: context.into(), earlier: None }
    }
}

impl PreviousNamespace {
    /// The kind of record it is kept in.
    pub const KIND: &'static str = "namespace";
}

impl PreviousContext {
    /// The kind of record it is kept in.
    pub const KIND: &'static str = "context";
}
