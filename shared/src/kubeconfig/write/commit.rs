//! One attempt to put changes onto the disk.

use std::fs::File;

use super::{
    WriteOptions,
    lock::{Replacement, Swapped, Waiting, swap},
    locked::{lock_all, replace_all},
    outcome::{Outcome, written},
    retry_after_conflict,
    stage::{looks_current, stage},
    staged::Staging,
    target::{Target, resolve},
};
use crate::{Result, kubeconfig::edit::FileChange};

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
        Swap::Conflicted => return Ok(Outcome::Conflicted(Box::new(written(&changes, Vec::new())))),
        Swap::Only(replaced) => replaced,
    };
    let _locks = lock_all(&targets, &staged, waiting)?;
    replace_all(changes, &mut staged, targets, replaced, options)
}

/// What became of replacing files without locks.
enum Swap {
    Done,
    Changed,
    Conflicted,
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
            Swapped::Disturbed => break Swap::Conflicted,
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

/// Returns what to put where; none where renaming is not possible for all, or a look from outside does not tell enough.
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
