//! The new bytes of all files, beside the files they will replace.

use std::{io, path::Path};

use super::{
    Snapshot,
    staged::{Staged, Staging},
    target::{Target, failure},
};
use crate::{Result, kubeconfig::edit::FileChange};

/// Puts the new bytes beside their files; none where a file has changed.
pub(super) fn stage(changes: &mut [FileChange], targets: &[Target]) -> Result<Option<Vec<Staging>>> {
    let mut staged = Vec::with_capacity(changes.len());
    for (change, target) in changes.iter().zip(targets) {
        if !looks_current(change) {
            return Ok(None);
        }
        let staging = Staged::write(target, &change.contents);
        staged.push(staging.map_err(|error| failure(&target.shown, "write", &error))?);
    }
    for (change, target) in changes.iter_mut().zip(targets) {
        let before = change.before;
        let settled = change.snapshot.settle(&change.absolute, &before);
        if !settled.or_else(|error| gone(&target.shown, error))? {
            return Ok(None);
        }
    }
    Ok(Some(staged))
}

/// Tells whether a file still looks as it did when it was read.
pub(super) fn looks_current(change: &FileChange) -> bool {
    Snapshot::take(&change.absolute).is_ok_and(|now| change.snapshot.looks_like(&now))
}

/// Takes a file that is gone for one that has changed; other failures to look at it are failures.
pub(super) fn gone(shown: &Path, error: io::Error) -> Result<bool> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(false),
        _ => Err(failure(shown, "read", &error)),
    }
}
