//! Changes of files onto the disk.

use std::{
    io,
    path::{Path, PathBuf},
    time::Instant,
};

use super::{
    Snapshot, UndoRecord, WriteOptions, Written,
    attributes::Loss,
    in_place,
    lock::Lock,
    queue::Turn,
    staged::{Staged, Staging, sweep},
    target::{Target, exists, failure},
};
use crate::{
    Error, Result,
    kubeconfig::edit::{FileChange, Plan, Sources, plan},
};

/// How an attempt ended that met no obstacle.
pub(super) enum Outcome {
    /// All files are written.
    Done(Box<Written>),
    /// A file is not what it was when it was read; nothing was written.
    Changed,
}

impl Plan {
    /// Writes the plan: all files or none, each either old or new at any moment. Where a file has changed since it was
    /// read, everything is read and planned again.
    ///
    /// Waits for locks as [`WriteOptions`] says. Failures leave all files as they were, with
    /// [`crate::cli::ExitStatus::Kubeconfig`]: a lock that stays, a file or folder that may not be written, a full
    /// disk.
    pub fn execute(self, options: &WriteOptions) -> Result<Written> {
        let Self { request, changes, .. } = self;
        let targets = resolve(&changes)?;
        let mut folders: Vec<&Path> = targets.iter().map(|target| target.folder.as_path()).collect();
        folders.sort_unstable();
        folders.dedup();
        let end_of_queue = Instant::now() + options.patience;
        let _turns: Vec<Turn> = folders.into_iter().map(|folder| Turn::wait(folder, end_of_queue)).collect();
        // The wait for others of this suite is over; that for kubectl begins.
        let deadline = Instant::now() + options.patience;
        if let Outcome::Done(written) = commit(changes, options, deadline)? {
            return Ok(*written);
        }
        let mut notes = Vec::new();
        let mut locks = lock_all(&targets, options, deadline, &mut notes)?;
        loop {
            let sources = Sources::read_locked(&request.files, &request.environment)?;
            let changes = plan(sources, &request.edits)?.changes;
            let now = resolve(&changes)?;
            if now.iter().any(|target| !targets.iter().any(|locked| locked.locks == target.locks)) {
                return Err(busy());
            }
            match commit_locked(changes, &now, options, &mut locks)? {
                Outcome::Done(mut written) => {
                    written.notes.splice(..0, notes);
                    return Ok(*written);
                }
                Outcome::Changed if Instant::now() < deadline => {}
                Outcome::Changed => return Err(busy()),
            }
        }
    }
}

fn busy() -> Error {
    Error::kubeconfig("other programs keep changing the kubeconfig; nothing was changed")
        .with_hint("try again when they are done")
}

fn resolve(changes: &[FileChange]) -> Result<Vec<Target>> {
    changes.iter().map(|change| Target::resolve(&change.path, &change.absolute)).collect()
}

/// One attempt to write all changes, the locks taken at the last moment.
pub(super) fn commit(
    mut changes: Vec<FileChange>,
    options: &WriteOptions,
    deadline: Instant,
) -> Result<Outcome> {
    if changes.is_empty() {
        return Ok(Outcome::Done(Box::default()));
    }
    let targets = resolve(&changes)?;
    let Some(staged) = stage(&mut changes, &targets)? else { return Ok(Outcome::Changed) };
    let mut notes = Vec::new();
    let mut locks = lock_all(&targets, options, deadline, &mut notes)?;
    replace_all(changes, staged, &targets, options, notes, &mut locks)
}

/// One attempt under locks that are held already.
fn commit_locked(
    mut changes: Vec<FileChange>,
    targets: &[Target],
    options: &WriteOptions,
    locks: &mut Vec<Lock>,
) -> Result<Outcome> {
    match stage(&mut changes, targets)? {
        Some(staged) => replace_all(changes, staged, targets, options, Vec::new(), locks),
        None => Ok(Outcome::Changed),
    }
}

/// Puts the new bytes beside their files; none where a file has changed.
fn stage(changes: &mut [FileChange], targets: &[Target]) -> Result<Option<Vec<Staging>>> {
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

/// Replaces all files, or none where one has changed. The locks are held, and given up the moment that is done.
fn replace_all(
    mut changes: Vec<FileChange>,
    staged: Vec<Staging>,
    targets: &[Target],
    options: &WriteOptions,
    mut notes: Vec<String>,
    locks: &mut Vec<Lock>,
) -> Result<Outcome> {
    for (change, target) in changes.iter_mut().zip(targets) {
        if !is_current(change, target)? {
            return Ok(Outcome::Changed);
        }
    }
    for (index, (staging, target)) in staged.into_iter().zip(targets).enumerate() {
        let contents = &changes[index].contents;
        if let Err(error) = replace(staging, target, contents, options, &mut notes) {
            roll_back(&changes[..index], targets, options);
            return Err(error);
        }
    }
    locks.clear();
    targets.iter().for_each(sweep);
    Ok(Outcome::Done(Box::new(Written {
        files: changes.iter().map(|change| change.path.clone()).collect(),
        undo: UndoRecord::of(&changes),
        notes,
    })))
}

fn looks_current(change: &FileChange) -> bool {
    Snapshot::take(&change.absolute).is_ok_and(|now| change.snapshot.looks_like(&now))
}

fn is_current(change: &mut FileChange, target: &Target) -> Result<bool> {
    let before = change.before;
    change.snapshot.is_current(&change.absolute, &before).or_else(|error| gone(&target.shown, error))
}

/// A file that is gone has changed; other failures to look at it are failures.
fn gone(shown: &Path, error: io::Error) -> Result<bool> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(false),
        _ => Err(failure(shown, "read", &error)),
    }
}

/// All locks of all files, in the order of their names as kubectl takes them, so that no two wait for each other.
fn lock_all(
    targets: &[Target],
    options: &WriteOptions,
    deadline: Instant,
    notes: &mut Vec<String>,
) -> Result<Vec<Lock>> {
    let mut paths: Vec<&PathBuf> = targets.iter().flat_map(|target| &target.locks).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut locks = Vec::with_capacity(paths.len());
    for path in paths {
        let beside_link = targets.iter().any(|target| target.locks.len() > 1 && target.locks[0] == *path);
        match Lock::acquire(path, deadline, options) {
            Ok(acquired) => {
                notes.extend(acquired.note);
                locks.push(acquired.lock);
            }
            // A link in a folder that may not be written: kubectl can't lock there either.
            Err(_) if beside_link && !exists(path) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(locks)
}

fn replace(
    staging: Staging,
    target: &Target,
    contents: &[u8],
    options: &WriteOptions,
    notes: &mut Vec<String>,
) -> Result<()> {
    let loss = match staging {
        Staging::Lossy(loss) => loss,
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
        let mut bytes = change.contents.clone();
        for splice in &change.back {
            splice.apply(&mut bytes);
        }
        let Ok(staging) = Staged::write(target, &bytes) else { continue };
        drop(replace(staging, target, &bytes, options, &mut Vec::new()));
    }
}
