//! How an attempt to write ended.

use super::{UndoRecord, Written, lock::Waiting, stale_files, target::Target};
use crate::kubeconfig::edit::FileChange;

/// The end of an attempt that nothing prevented.
pub(super) enum Outcome {
    /// All files are written.
    Done(Box<Written>),
    /// A file is not what it was when it was read; nothing was written.
    Changed,
    /// All files were written, and somebody else wrote to one of them at the same moment: this change may be gone.
    Conflicted(Box<Written>),
}

impl Outcome {
    /// Ends an attempt that wrote all, and removes what killed processes left beside the files.
    pub fn done(changes: &[FileChange], targets: &[Target], notes: Vec<String>) -> Self {
        targets.iter().for_each(|target| stale_files::sweep(&target.real));
        Self::Done(Box::new(written(changes, notes)))
    }
}

/// Returns what was written.
pub(super) fn written(changes: &[FileChange], notes: Vec<String>) -> Written {
    let files = changes.iter().map(|change| change.path.clone()).collect();
    Written { files, undo: UndoRecord::of(changes), notes }
}

/// Ends a write, with all locks and turns given up.
pub(super) fn finish(mut written: Written, waiting: Waiting<'_>) -> Written {
    written.notes.splice(..0, waiting.notes);
    written
}
