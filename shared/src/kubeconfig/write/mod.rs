//! Writing kubeconfig files so that whoever reads or kills, whenever, meets the old file or the new one.
//!
//! [`Plan::execute`](super::edit::Plan::execute) goes like this:
//!
//! 1. Writers of this suite queue on an advisory lock of the folder, which ends with the process.
//! 2. The new bytes go to a temporary file beside the target, with its mode, owner and extended attributes, and are
//!    synced to disk. Where the file system can, it gets a name only then: `.config.WRITER.0.kubeconfig-new`, which
//!    tells the process.
//! 3. All that can be checked is checked. Then one look: nobody holds `<file>.lock`, the name kubectl takes (`lockFile`
//!    in client-go's `tools/clientcmd/loader.go`), which would be waited for; and the file is still the one that was
//!    read, or everything is read and planned again. Then the rename.
//! 4. The same look again. Where somebody took a lock or wrote in between, they are waited for, and the change is made
//!    again on top of theirs.
//!
//! So a file that is replaced is not locked: a kill leaves no lock, and kubectl, which does not wait, meets none.
//! A kill between the steps leaves at most the temporary file, which names a process that is gone; the next writer of
//! this suite removes it. The folder is not synced: after a power failure the file may be the old one again, which
//! is whole too.
//!
//! Locks of its own are taken only where one rename is not enough. Where it would lose something (a hard link, an owner
//! that can't be given) or is impossible (a single file mounted into a container, a folder that may not be written),
//! the file is written in place after a copy of it was kept, and the result says so. And after some attempts everything
//! is read and written under the lock, so that programs that keep changing the file can't keep a writer from its turn.
//! Such a lock names its process: left behind by a kill, it is removed by the next writer of this suite. kubectl's
//! locks name nobody and are never removed unasked.

mod anonymous_file;
mod attributes;
mod commit;
mod create;
mod execute;
mod fingerprint;
mod holders;
mod in_place;
mod lock;
mod lock_timeout;
mod locked;
mod names;
mod outcome;
mod remains;
mod retry_after_conflict;
mod snapshot;
mod stage;
mod staged;
mod stale_files;
mod target;
mod undo;
mod undo_record;
mod wait_note;
mod waiters;
mod writer;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use crate::output::StderrSink;

pub use create::{create_file, exists as file_exists};
pub(super) use execute::check;
pub(super) use fingerprint::Fingerprint;
pub use lock::NOT_WRITABLE;
pub(super) use lock::fresh_lock;
pub(super) use lock_timeout::LockTimeout;
pub use remains::{HeldLock, Remains, remains};
pub(super) use snapshot::{Snapshot, read_with_snapshot};
pub use undo::undo;
pub use undo_record::UndoRecord;
pub use writer::{Writer, is_running};

/// How a write behaves when something is in its way.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// How long to wait for a lock that somebody else holds, and to start over with a file that others keep
    /// changing. As long as the lock goes from hand to hand it is waited for, up to twelve times as long.
    pub lock_timeout: Duration,
    /// Remove a lock that is still there after the wait, or is old enough to be nobody's. Never done unasked.
    pub break_lock: bool,
    /// Where the copy is kept while a file is written in place; beside the file if none is given.
    pub backup_directory: Option<PathBuf>,
    /// Where a wait of more than a second is explained; nothing is said if none is given.
    pub stderr: Option<StderrSink>,
}

impl Default for WriteOptions {
    /// Waits five seconds; no lock is removed.
    fn default() -> Self {
        Self { lock_timeout: Duration::from_secs(5), break_lock: false, backup_directory: None, stderr: None }
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
    /// Returns the files that changed, as the user spelled them; none where nothing had to.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
    }

    /// Returns what takes it back.
    pub fn undo(&self) -> &UndoRecord {
        &self.undo
    }

    /// Adds an earlier attempt, which another program wrote over: what is still there of that attempt counts as written.
    fn after(mut self, earlier: Option<Self>) -> Self {
        if let Some(earlier) = earlier {
            let added: Vec<PathBuf> =
                earlier.files.into_iter().filter(|path| !self.files.contains(path)).collect();
            self.files.extend(added);
            self.undo.add_missing(earlier.undo);
        }
        self
    }

    /// Returns what the user should know, whole sentences: a lock that was removed, a file that had to be written in
    /// place.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}
