//! A plan onto the disk, however many others write meanwhile.

use std::path::Path;

use super::{
    WriteOptions, Written,
    commit::commit,
    lock::{self, Waiting},
    locked::{commit_locked, lock_all},
    outcome::{Outcome, finish},
    target::{Target, resolve},
    waiters::Turn,
};
use crate::{
    Error, Result,
    kubeconfig::edit::{FileChange, Plan, Sources, plan},
};

/// So often a change is tried without holding a lock over reading and planning.
const ATTEMPTS: usize = 4;

impl Plan {
    /// Writes the plan: all files or none, each either old or new at any moment. Where a file has changed since it was
    /// read, everything is read and planned again.
    ///
    /// Waits for locks as [`WriteOptions`] says. Failures leave all files as they were, with
    /// [`crate::cli::ExitStatus::Kubeconfig`]: a lock that stays, a file that may not be written, a full disk.
    pub fn execute(self, options: &WriteOptions) -> Result<Written> {
        let Self { request, mut changes, .. } = self;
        let targets = resolve(&changes)?;
        let turns = turns(&targets, options);
        // The wait for others of this suite is over; that for kubectl begins.
        let mut waiting = Waiting::as_told(options);
        let mut conflicted = None;
        for attempt in 1..=ATTEMPTS {
            match commit(changes, options, &mut waiting)? {
                Outcome::Done(written) => {
                    drop(turns);
                    return Ok(finish(written.after(conflicted), waiting));
                }
                Outcome::Conflicted(written) => conflicted = Some(written.after(conflicted)),
                Outcome::Changed => {}
            }
            if attempt == ATTEMPTS || waiting.is_over() {
                break;
            }
            changes = plan(Sources::read(&request.files, &request.environment)?, &request.edits)?.changes;
        }
        // Somebody who keeps changing the file can't keep this writer from its turn.
        let _locks = lock_all(&targets, &[], &mut waiting)?;
        loop {
            let sources = Sources::read_locked(&request.files, &request.environment)?;
            let changes: Vec<FileChange> = plan(sources, &request.edits)?.changes;
            let now = resolve(&changes)?;
            if now.iter().any(|target| !targets.iter().any(|locked| locked.locks == target.locks)) {
                return Err(busy());
            }
            match commit_locked(changes, now, options)? {
                Outcome::Done(written) => return Ok(finish(written.after(conflicted), waiting)),
                Outcome::Changed | Outcome::Conflicted(_) if !waiting.is_over() => {}
                Outcome::Changed | Outcome::Conflicted(_) => return Err(busy()),
            }
        }
    }
}

/// Waits for the turn in the queues of all folders.
fn turns(targets: &[Target], options: &WriteOptions) -> Vec<Turn> {
    let mut folders: Vec<&Path> = targets.iter().map(|target| target.folder.as_path()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders.into_iter().map(|folder| Turn::wait(folder, options)).collect()
}

fn busy() -> Error {
    Error::kubeconfig("other programs keep changing the kubeconfig; nothing was changed")
        .with_hint("try again when they are done")
}

/// Fails where [`Plan::execute`] would for certain: a file that may not be written, a lock that was
/// left behind and may not be removed. Locks that somebody may hold right now are no reason: they would be waited for.
pub(in crate::kubeconfig) fn check(changes: &[FileChange], options: &WriteOptions) -> Result<()> {
    let targets = resolve(changes)?;
    targets.iter().flat_map(|target| &target.locks).try_for_each(|path| lock::check(path, options))
}
