//! The facts that `doctor` judges: plain values, so that judging them needs no disk.

use std::time::Duration;

use jiff::Timestamp;

use crate::kubeconfigs::ContextSummary;

/// All facts.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The files of the list.
    pub files: Vec<FileFacts>,
    /// The contexts in effect.
    pub contexts: Vec<ContextSummary>,
    /// The clusters in effect.
    pub clusters: Vec<ClusterFacts>,
    /// The users in effect.
    pub users: Vec<UserFacts>,
    /// The current context and the file that sets it.
    pub current: Option<(String, String)>,
    /// The settings, where they can't be used: their path and why.
    pub settings: Option<(String, String)>,
    /// The current time.
    pub now: Timestamp,
}

/// A file of the list.
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Its path as the user spelled it.
    pub path: String,
    /// It is the one file there is, not one of those that KUBECONFIG lists.
    pub alone: bool,
    /// It does not exist.
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
    /// Locks too old to be held by a running program, and their age.
    pub old_locks: Vec<(String, Duration)>,
    /// Younger locks that did not go away: path, age, and the end of a sentence on who may hold it.
    pub held_locks: Vec<(String, Duration, String)>,
    /// Locks that killed runs of ns-switch left.
    pub left_locks: Vec<String>,
    /// Temporary files that killed runs of ns-switch left.
    pub left_files: Vec<String>,
    /// Copies from before writes in place that were interrupted.
    pub copies: Vec<CopyFacts>,
    /// Entries that an earlier file defines too, so that these are ignored: kind and name.
    pub shadowed: Vec<(&'static str, String)>,
}

/// A copy of a file from before a write in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyFacts {
    /// Its path.
    pub path: String,
    /// The file itself, with links resolved.
    pub original: String,
    /// Its age.
    pub age: Duration,
    /// Whether the file differs from it now.
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
    /// Whether it accepts any certificate.
    pub insecure: bool,
    /// A certificate authority's file that can't be read, and why.
    pub unreadable_authority: Option<(String, String)>,
    /// Why no request can be sent to it, beside what stands above.
    pub refusals: Vec<Refusal>,
    /// Whether a context names it.
    pub used: bool,
}

/// Why the client refuses an entry before it sends anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The client's sentence.
    pub message: String,
    /// The client's advice, where it has any.
    pub advice: Option<String>,
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
    /// Why no request can be sent as this user, beside what stands above.
    pub refusals: Vec<Refusal>,
    /// Why its credential plugin can't be started.
    pub plugin: Option<Refusal>,
    /// When they expire.
    pub expires: Option<Timestamp>,
    /// Its key and token files that others may read: path and mode.
    pub open_files: Vec<(String, u32)>,
    /// Whether a context names it.
    pub used: bool,
}
