//! A plan onto the disk, however many others write meanwhile.

use std::path::Path;

use super::{
    WriteOptions, Written,
    commit::{Outcome, commit},
    lock::Waiting,
    locked::{commit_locked, lock_all},
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
        let mut overtaken = None;
        for attempt in 1..=ATTEMPTS {
            match commit(changes, options, &mut waiting)? {
                Outcome::Done(written) => {
                    drop(turns);
                    return Ok(finish(written.after(overtaken), waiting));
                }
                Outcome::Overtaken(written) => overtaken = Some(written.after(overtaken)),
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
                Outcome::Done(written) => return Ok(finish(written.after(overtaken), waiting)),
                Outcome::Changed | Outcome::Overtaken(_) if !waiting.is_over() => {}
                Outcome::Changed | Outcome::Overtaken(_) => return Err(busy()),
            }
        }
    }
}

/// The places at the head of the queues of all folders.
fn turns(targets: &[Target], options: &WriteOptions) -> Vec<Turn> {
    let mut folders: Vec<&Path> = targets.iter().map(|target| target.folder.as_path()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders.into_iter().map(|folder| Turn::wait(folder, options.patience)).collect()
}

/// What comes after a write, with all locks and turns given up.
pub(super) fn finish(mut written: Written, waiting: Waiting<'_>) -> Written {
    written.notes.splice(..0, waiting.notes);
    written
}

fn busy() -> Error {
    Error::kubeconfig("other programs keep changing the kubeconfig; nothing was changed")
        .with_hint("try again when they are done")
}
