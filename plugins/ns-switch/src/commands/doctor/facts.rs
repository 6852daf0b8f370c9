//! What is looked at: plain values, so that judging them needs no disk.

use std::time::Duration;

use jiff::Timestamp;

use crate::kubeconfigs::ContextSummary;

/// Everything there is to be judged.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The files of the list.
    pub files: Vec<FileFacts>,
    /// The contexts that count.
    pub contexts: Vec<ContextSummary>,
    /// The clusters that count.
    pub clusters: Vec<ClusterFacts>,
    /// The users that count.
    pub users: Vec<UserFacts>,
    /// The current context and the file that sets it.
    pub current: Option<(String, String)>,
    /// The moment.
    pub now: Timestamp,
}

/// A file of the list.
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Its path as spelled.
    pub path: String,
    /// It is the one file there is, not one of those that KUBECONFIG lists.
    pub alone: bool,
    /// It is not there.
    pub missing: bool,
    /// Why it can't be used: sentence and advice.
    pub unusable: Option<(String, Option<String>)>,
    /// The earlier spelling of the same file.
    pub same_as: Option<String>,
    /// Documents after the first, which kubectl ignores and deletes.
    pub more_documents: bool,
    /// How often it sets `current-context`.
    pub current_contexts: usize,
    /// Permission bits, where the system has them.
    pub mode: Option<u32>,
    /// It holds a key, token or password.
    pub secret: bool,
    /// Locks that are old enough to be nobody's, and how old.
    pub old_locks: Vec<(String, Duration)>,
    /// Locks that killed runs of ours left.
    pub left_locks: Vec<String>,
    /// Temporary files that killed runs of ours left.
    pub left_files: Vec<String>,
    /// Copies from before writes in place that were killed.
    pub copies: Vec<CopyFacts>,
    /// Names that an earlier file has too, so that these entries don't count: kind and name.
    pub shadowed: Vec<(&'static str, String)>,
}

/// A copy of a file from before a write in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyFacts {
    /// Its path.
    pub path: String,
    /// The file itself, behind all links.
    pub original: String,
    /// How old it is.
    pub age: Duration,
    /// The file has other bytes now.
    pub differs: bool,
}

/// A cluster.
#[derive(Clone, Debug, Default)]
pub struct ClusterFacts {
    /// Its name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// What could not be decoded.
    pub problems: Vec<String>,
    /// Its server's URL.
    pub server: Option<String>,
    /// It takes any certificate.
    pub insecure: bool,
    /// A certificate authority's file that can't be read, and why.
    pub unreadable_authority: Option<(String, String)>,
    /// A context names it.
    pub used: bool,
}

/// A user.
#[derive(Clone, Debug, Default)]
pub struct UserFacts {
    /// Its name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// What is wrong with its credentials.
    pub problems: Vec<String>,
    /// When they end.
    pub expires: Option<Timestamp>,
    /// Its key and token files that others may read: path and mode.
    pub open_files: Vec<(String, u32)>,
    /// A context names it.
    pub used: bool,
}
