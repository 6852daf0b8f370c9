//! One attempt to put changes onto the disk.

use std::{fs::File, io, path::Path};

use super::{
    Snapshot, UndoRecord, WriteOptions, Written,
    lock::{Replacement, Swapped, Waiting, swap},
    locked::{lock_all, replace_all},
    retry_after_conflict,
    staged::{Staged, Staging},
    stale_files,
    target::{Target, failure, resolve},
};
use crate::{Result, kubeconfig::edit::FileChange};

/// How an attempt ended that met no obstacle.
pub(super) enum Outcome {
    /// All files are written.
    Done(Box<Written>),
    /// A file is not what it was when it was read; nothing was written.
    Changed,
    /// All files were written, and somebody else wrote to one of them at the same moment: this change may be gone.
    Overtaken(Box<Written>),
}

impl Outcome {
    /// All is written, and nothing in the way any more.
    pub fn done(changes: &[FileChange], targets: &[Target], notes: Vec<String>) -> Self {
        targets.iter().for_each(|target| stale_files::sweep(&target.real));
        Self::Done(Box::new(written(changes, notes)))
    }
}

fn written(changes: &[FileChange], notes: Vec<String>) -> Written {
    let files = changes.iter().map(|change| change.path.clone()).collect();
    Written { files, undo: UndoRecord::of(changes), notes }
}

/// Writes all changes, between two looks at the locks where that is enough, and under them where it is not.
pub(super) fn commit(
    mut changes: Vec<FileChange>,
    options: &WriteOptions,
    waiting: &mut Waiting<'_>,
) -> Result<Outcome> {
    let targets = resolve(&changes)?;
    let Some(mut staged) = stage(&mut changes, &targets)? else { return Ok(Outcome::Changed) };
    let replaced = match swap_all(&changes, &mut staged, &targets, options, waiting)? {
        Swap::Done => return Ok(Outcome::done(&changes, &targets, Vec::new())),
        Swap::Changed => return Ok(Outcome::Changed),
        Swap::Overtaken => return Ok(Outcome::Overtaken(Box::new(written(&changes, Vec::new())))),
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

/// What became of replacing files without locks.
enum Swap {
    Done,
    Changed,
    Overtaken,
    /// The first so many are replaced; the rest takes locks.
    Only(usize),
}

fn swap_all(
    changes: &[FileChange],
    staged: &mut [Staging],
    targets: &[Target],
    options: &WriteOptions,
    waiting: &mut Waiting<'_>,
) -> Result<Swap> {
    let Some(replacements) = replacements(changes, staged, targets) else { return Ok(Swap::Only(0)) };
    let swap = loop {
        match swap(&replacements) {
            Swapped::Done => break Swap::Done,
            Swapped::Changed => return Ok(Swap::Changed),
            Swapped::Unsupported => return Ok(Swap::Only(0)),
            Swapped::Held(file, lock) => waiting.meet(&targets[file].locks[lock])?,
            // Why this one can't be renamed is found out under its lock.
            Swapped::Half(index) => break Swap::Only(index),
            Swapped::Disturbed
                if retry_after_conflict::settle(changes, &replacements, targets, options, waiting)? =>
            {
                break Swap::Done;
            }
            Swapped::Disturbed => break Swap::Overtaken,
        }
        if !changes.iter().all(looks_current) {
            return Ok(Swap::Changed);
        }
    };
    drop(replacements);
    let placed = if let Swap::Only(index) = swap { index } else { staged.len() };
    staged[..placed].iter_mut().for_each(Staging::is_placed);
    Ok(swap)
}

/// What to put where; none where renaming is not possible for all, or a look from outside does not tell enough.
fn replacements<'a>(
    changes: &'a [FileChange],
    staged: &[Staging],
    targets: &'a [Target],
) -> Option<Vec<Replacement<'a>>> {
    let each = changes.iter().zip(staged).zip(targets);
    each.map(|((change, staging), target)| match staging {
        Staging::Ready(staged) if change.snapshot.is_settled() => Some(Replacement {
            staged: staged.name().to_path_buf(),
            written: staged.snapshot().ok()?,
            locks: &target.locks,
            target: target.real.clone(),
            expected: &change.snapshot,
            old: File::open(&target.real).ok()?,
        }),
        _ => None,
    })
    .collect()
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
