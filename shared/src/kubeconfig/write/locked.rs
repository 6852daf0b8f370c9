//! Writing under locks that are held for longer than a rename takes.

use std::{io, path::PathBuf};

use super::{
    WriteOptions,
    attributes::Loss,
    in_place,
    lock::{Lock, Waiting},
    outcome::Outcome,
    stage::{gone, stage},
    staged::{Staged, Staging},
    target::{Target, exists, failure},
};
use crate::{Result, kubeconfig::edit::FileChange};

/// Makes one attempt under locks that the caller holds.
pub(super) fn commit_locked(
    mut changes: Vec<FileChange>,
    targets: Vec<Target>,
    options: &WriteOptions,
) -> Result<Outcome> {
    match stage(&mut changes, &targets)? {
        Some(mut staged) => replace_all(changes, &mut staged, targets, 0, options),
        None => Ok(Outcome::Changed),
    }
}

/// Replaces the files from number `first` on, or none where one has changed; then those before it are put back. The
/// caller holds the locks.
pub(super) fn replace_all(
    mut changes: Vec<FileChange>,
    staged: &mut [Staging],
    targets: Vec<Target>,
    first: usize,
    options: &WriteOptions,
) -> Result<Outcome> {
    for (change, target) in changes.iter_mut().zip(&targets).skip(first) {
        let before = change.before;
        let current = change.snapshot.is_current(&change.absolute, &before);
        if !current.or_else(|error| gone(&target.shown, error))? {
            roll_back(&changes[..first], &targets, options);
            return Ok(Outcome::Changed);
        }
    }
    let mut notes = Vec::new();
    for (index, (staging, target)) in staged.iter_mut().zip(&targets).enumerate().skip(first) {
        let contents = &changes[index].contents;
        if let Err(error) = replace(staging, target, contents, options, &mut notes) {
            roll_back(&changes[..index], &targets, options);
            return Err(error);
        }
    }
    Ok(Outcome::done(&changes, &targets, notes))
}

/// Takes all locks of all files, in the order of their names as kubectl takes them, so that no two wait for each other.
/// `staged` tells of folders that take no new file, and so no lock: nobody's, and kubectl does not write there.
pub(super) fn lock_all(
    targets: &[Target],
    staged: &[Staging],
    waiting: &mut Waiting<'_>,
) -> Result<Vec<Lock>> {
    let closed = targets.iter().zip(staged).filter_map(|(target, staging)| match staging {
        Staging::Lossy(Loss::Folder) => Some(target.own_lock()),
        _ => None,
    });
    let needless: Vec<&PathBuf> = closed.chain(targets.iter().filter_map(Target::lock_beside_link)).collect();
    take(targets.iter().flat_map(|target| &target.locks), &needless, waiting)
}

fn take<'a>(
    paths: impl Iterator<Item = &'a PathBuf>,
    needless: &[&PathBuf],
    waiting: &mut Waiting<'_>,
) -> Result<Vec<Lock>> {
    let mut paths: Vec<&PathBuf> = paths.collect();
    paths.sort_unstable();
    paths.dedup();
    let mut locks = Vec::with_capacity(paths.len());
    for path in paths {
        match Lock::acquire(path, waiting) {
            Ok(lock) => locks.push(lock),
            // Its folder may not be written: kubectl can't lock there either.
            Err(_) if needless.contains(&path) && !exists(path) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(locks)
}

fn replace(
    staging: &mut Staging,
    target: &Target,
    contents: &[u8],
    options: &WriteOptions,
    notes: &mut Vec<String>,
) -> Result<()> {
    let loss = match staging {
        Staging::Lossy(loss) => *loss,
        Staging::Ready(staged) => match staged.replace(target) {
            Ok(()) => return Ok(()),
            Err(error) if is_mount(&error) => Loss::Mount,
            Err(error) => return Err(failure(&target.shown, "replace", &error)),
        },
    };
    in_place::write(target, contents, options.backup_directory.as_deref())?;
    notes.push(format!("{} was written in place: {}", target.shown.display(), loss.reason()));
    Ok(())
}

fn is_mount(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}

/// Puts back the files that were written before one failed. The locks are still held.
fn roll_back(written: &[FileChange], targets: &[Target], options: &WriteOptions) {
    for (change, target) in written.iter().zip(targets) {
        drop(put(target, &change.old_contents(), options));
    }
}

/// Gives the target these bytes, whatever it has.
pub(super) fn put(target: &Target, bytes: &[u8], options: &WriteOptions) -> Result<()> {
    let staging = Staged::write(target, bytes);
    let mut staging = staging.map_err(|error| failure(&target.shown, "write", &error))?;
    replace(&mut staging, target, bytes, options, &mut Vec::new())
}
