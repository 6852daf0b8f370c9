//! From what each evidence of the ladder saw to one answer.

use std::fmt;

/// Which evidence of the ladder knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The namespace itself was read.
    Get,
    /// It is in the list of all.
    List,
    /// We have rights in it that we have not elsewhere, so somebody bound a role there.
    AccessReview,
    /// It is known from this place, and the cluster did not say.
    KnownFrom(&'static str),
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Get => f.write_str("the server has it"),
            Self::List => f.write_str("it is in the server's list"),
            Self::AccessReview => f.write_str("an access review shows rights of yours in it"),
            Self::KnownFrom(source) => write!(f, "it is known from {source}"),
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existence {
    /// It exists.
    Exists {
        /// Who says so.
        evidence: Evidence,
        /// It is being deleted: nothing new can be made in it.
        terminating: bool,
    },
    /// It does not.
    Missing {
        /// Up to three names like it.
        nearest: Vec<String>,
    },
    /// Nobody we may ask knows.
    Unknown {
        /// The server's refusal to show it.
        reason: String,
    },
}
