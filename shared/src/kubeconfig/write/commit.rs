//! One attempt to put changes onto the disk.

use std::{io, path::Path};

use super::{
    Snapshot, UndoRecord, WriteOptions, Written, leftovers,
    lock::{Replacement, Swapped, Waiting, swap},
    locked::{lock_all, lock_links, replace_all},
    staged::{Staged, Staging},
    target::{Target, failure, resolve},
};
use crate::{Result, kubeconfig::edit::FileChange};

/// How an attempt ended that met no obstacle.
pub(super) enum Outcome {
    /// All files are written.
    Done(Box<Written>),
    /// A file is not what it was when it was read; nothing was written.
    Changed,
}

impl Outcome {
    /// All is written, and nothing in the way any more.
    pub fn done(changes: &[FileChange], targets: &[Target], notes: Vec<String>) -> Self {
        targets.iter().for_each(|target| leftovers::sweep(&target.real));
        let files = changes.iter().map(|change| change.path.clone()).collect();
        Self::Done(Box::new(Written { files, undo: UndoRecord::of(changes), notes }))
    }
}

/// Writes all changes, with the locks taken at the last moment.
pub(super) fn commit(
    mut changes: Vec<FileChange>,
    options: &WriteOptions,
    waiting: &mut Waiting<'_>,
) -> Result<Outcome> {
    let targets = resolve(&changes)?;
    let Some(mut staged) = stage(&mut changes, &targets)? else { return Ok(Outcome::Changed) };
    let replaced = match swap_all(&changes, &staged, &targets, waiting)? {
        Swap::Done => {
            drop(staged);
            return Ok(Outcome::done(&changes, &targets, Vec::new()));
        }
        Swap::Changed => return Ok(Outcome::Changed),
        Swap::Only(replaced) => replaced,
    };
    let _locks = lock_all(&targets, &staged, waiting)?;
    replace_all(changes, &mut staged, targets, replaced, options)
}

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

/// What became of replacing files by renaming their locks.
enum Swap {
    Done,
    Changed,
    /// The first so many are replaced; the rest takes a lock of its own.
    Only(usize),
}

fn swap_all(
    changes: &[FileChange],
    staged: &[Staging],
    targets: &[Target],
    waiting: &mut Waiting<'_>,
) -> Result<Swap> {
    let replacements: Option<Vec<Replacement<'_>>> = changes
        .iter()
        .zip(staged)
        .zip(targets)
        .map(|((change, staging), target)| match staging {
            // Under the lock there is time for one look only.
            Staging::Ready(staged) if change.snapshot.is_settled() => Some(Replacement {
                staged: staged.name().to_path_buf(),
                lock: target.own_lock().clone(),
                target: target.real.clone(),
                expected: &change.snapshot,
            }),
            _ => None,
        })
        .collect();
    let Some(replacements) = replacements else { return Ok(Swap::Only(0)) };
    let _beside_links = lock_links(targets, waiting)?;
    loop {
        match swap(&replacements) {
            Swapped::Done => return Ok(Swap::Done),
            Swapped::Changed => return Ok(Swap::Changed),
            Swapped::Unlinkable => return Ok(Swap::Only(0)),
            Swapped::Held(index) => waiting.meet(&replacements[index].lock)?,
            // Why this one can't be renamed is found out under its lock.
            Swapped::Half(index) => return Ok(Swap::Only(index)),
        }
        if !changes.iter().all(looks_current) {
            return Ok(Swap::Changed);
        }
    }
}

fn looks_current(change: &FileChange) -> bool {
    Snapshot::take(&change.absolute).is_ok_and(|now| change.snapshot.looks_like(&now))
}

/// A file that is gone has changed; other failures to look at it are failures.
pub(super) fn gone(shown: &Path, error: io::Error) -> Result<bool> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(false),
        _ => Err(failure(shown, "read", &error)),
    }
}
