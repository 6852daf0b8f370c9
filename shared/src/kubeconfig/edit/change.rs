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
    /// The entries of these names go from a list.
    Delete { list: List, names: Vec<String> },
}

/// A list of named entries in a kubeconfig.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Contexts,
    Clusters,
    Users,
}

impl List {
    /// The key of the list in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Contexts => "contexts",
            Self::Clusters => "clusters",
            Self::Users => "users",
        }
    }

    /// The word of `kubectl config delete-…` for one entry.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Contexts => "context",
            Self::Clusters => "cluster",
            Self::Users => "user",
        }
    }
}
