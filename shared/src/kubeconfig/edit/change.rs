//! Changes to files: what is to become different, and the bytes that make it so.

use std::path::PathBuf;

use super::splice::Splice;
use crate::kubeconfig::{
    RawEntries, RawEntry,
    file_bytes::FileBytes,
    write::{Fingerprint, Snapshot},
};

/// One change to what a file says.
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
    /// These entries come to the lists.
    Add(RawEntries),
}

/// A list of named entries in a kubeconfig.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Contexts,
    Clusters,
    Users,
}

impl List {
    /// Returns the key of the list in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Contexts => "contexts",
            Self::Clusters => "clusters",
            Self::Users => "users",
        }
    }

    /// Returns the lists that get entries, with those entries.
    pub fn of_entries(entries: &RawEntries) -> impl Iterator<Item = (Self, &[RawEntry])> {
        let lists = [
            (Self::Clusters, &entries.clusters[..]),
            (Self::Contexts, &entries.contexts[..]),
            (Self::Users, &entries.users[..]),
        ];
        lists.into_iter().filter(|(_, entries)| !entries.is_empty())
    }

    /// Returns the word of `kubectl config delete-…` for one entry.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Contexts => "context",
            Self::Clusters => "cluster",
            Self::Users => "user",
        }
    }
}

/// One file that changes.
#[derive(Clone, Debug)]
pub(in crate::kubeconfig) struct FileChange {
    /// As the user spelled it.
    pub path: PathBuf,
    pub absolute: PathBuf,
    /// The file as it was read.
    pub snapshot: Snapshot,
    pub before: Fingerprint,
    pub after: Fingerprint,
    /// Its new bytes.
    pub contents: FileBytes,
    /// Takes the change back, applied in order.
    pub back: Vec<Splice>,
}

impl FileChange {
    /// Returns the bytes of the file before it changes.
    pub fn old_contents(&self) -> FileBytes {
        let mut bytes = self.contents.clone();
        self.back.iter().for_each(|splice| drop(splice.apply(&mut bytes)));
        bytes
    }
}
