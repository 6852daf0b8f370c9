//! The answer to whether a namespace exists, and the evidence for it.

use std::fmt;

/// The evidence that a namespace exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// GET returned the namespace.
    Get,
    /// LIST returned it.
    List,
    /// The user has rights in it that do not hold everywhere, so there is a RoleBinding in it.
    AccessReview,
    /// It is known from this source; the cluster did not tell.
    KnownFrom(&'static str),
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Get => f.write_str("found on the server"),
            Self::List => f.write_str("found in the namespace list"),
            Self::AccessReview => f.write_str("not readable, but you have access to it"),
            Self::KnownFrom(source) => write!(f, "not verified, known from {source}"),
        }
    }
}

/// Whether a namespace exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existence {
    /// It exists.
    Exists {
        /// How that is known.
        evidence: Evidence,
        /// It is being deleted: nothing new can be created in it.
        terminating: bool,
    },
    /// It does not exist.
    Missing {
        /// Up to three similar names.
        nearest: Vec<String>,
    },
    /// The user may not ask, and nothing else tells.
    Unknown {
        /// The server's refusal.
        reason: String,
    },
}
