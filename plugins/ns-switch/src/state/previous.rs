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
}

impl PreviousNamespace {
    /// The kind of record it is kept in.
    pub const KIND: &'static str = "namespace";
}

impl PreviousContext {
    /// The kind of record it is kept in.
    pub const KIND: &'static str = "context";
}
