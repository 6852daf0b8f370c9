//! Writing kubeconfig files so that whoever reads or kills, whenever, meets the old file or the new one.
//!
//! [`Plan::execute`](super::edit::Plan::execute) goes like this:
//!
//! 1. Writers of this suite queue on an advisory lock of the folder, which ends with the process.
//! 2. The new bytes go to a temporary file beside the target, with its mode, owner and extended attributes, and are
//!    synced to disk. Where the file system can, it has no name yet, so that a kill leaves nothing behind.
//! 3. Only now `<file>.lock` is taken, the name kubectl takes (`lockFile` in client-go's `tools/clientcmd/loader.go`),
//!    for the file as the user spelled it and for the one it links to.
//! 4. Still the file that was read? Then the temporary file is renamed over it, and the lock goes: tens of
//!    microseconds. Otherwise everything is read and planned again, this time under the lock, so that programs that
//!    keep changing the file can't keep a writer from its turn.
//!
//! A kill within those microseconds leaves a lock, which tells that its process is gone: the next writer of this suite
//! removes it. kubectl's locks name nobody and are never removed unasked.
//!
//! Where renaming would lose something (a hard link, an owner that can't be given) or is impossible (a single file
//! mounted into a container), the file is written in place after a copy of it was kept, and the result says so.

mod attributes;
mod commit;
mod fingerprint;
mod holders;
mod in_place;
mod lock;
mod queue;
mod snapshot;
mod staged;
mod target;
mod undo;
mod unnamed;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

pub(super) use fingerprint::Fingerprint;
pub(super) use lock::lock_is_fresh;
pub(super) use snapshot::{Snapshot, read_with_snapshot};
pub use undo::{UndoRecord, undo};

/// How a write behaves when something is in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOptions {
    /// How long to wait for a lock that somebody else holds, and how often to start over with a file that others keep
    /// changing.
    pub patience: Duration,
    /// Remove a lock that is still there after the wait, or is old enough to be nobody's. Never done unasked.
    pub break_lock: bool,
    /// Where the copy is kept while a file is written in place; beside the file if none is given.
    pub backup_directory: Option<PathBuf>,
}

impl Default for WriteOptions {
    /// Five seconds; no lock is removed.
    fn default() -> Self {
        Self { patience: Duration::from_secs(5), break_lock: false, backup_directory: None }
    }
}

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    files: Vec<PathBuf>,
    undo: UndoRecord,
    notes: Vec<String>,
}

impl Written {
    /// The files that changed, as the user spelled them; none where nothing had to.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
    }

    /// What takes it back.
    pub fn undo(&self) -> &UndoRecord {
        &self.undo
    }

    /// What the user should know, whole sentences: a lock that was removed, a file that had to be written in place.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}
