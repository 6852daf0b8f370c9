//! Handling of a file that another program wrote while it was replaced.
//!
//! kubectl may have read the old file before and write after: over the new one, or, where it had opened the file
//! already, into the old one that has no name any more. Neither its change nor this one may be lost.

use std::{fs, io::Read, slice};

use super::{
    Fingerprint, Snapshot, WriteOptions,
    lock::{Replacement, Waiting, still_writing, written_over},
    locked::{lock_all, put},
    target::{Target, exists, failure},
};
use crate::{Result, kubeconfig::edit::FileChange};

/// Waits until nobody writes any more, and tells whether all files hold what was put there. Where somebody wrote into
/// the old file, those bytes get its name back, so that the change can be made again on top of them.
pub(super) fn settle(
    changes: &[FileChange],
    replacements: &[Replacement<'_>],
    targets: &[Target],
    options: &WriteOptions,
    waiting: &mut Waiting<'_>,
) -> Result<bool> {
    for target in targets {
        for lock in &target.locks {
            while exists(lock) {
                if waiting.meet(lock).is_err() {
                    waiting.notes.push(still_writing(&target.shown));
                    return Ok(true);
                }
            }
        }
    }
    let mut all_are_ours = true;
    for ((change, replacement), target) in changes.iter().zip(replacements).zip(targets) {
        let failed = |error| failure(&target.shown, "read", &error);
        let is_ours = || fs::read(&target.real).is_ok_and(|now| Fingerprint::of(&now) == change.after);
        let old = Snapshot::of(&replacement.old.metadata().map_err(failed)?, &target.real);
        if old.looks().holds_the_bytes_of(&replacement.expected.looks()) {
            all_are_ours &= is_ours();
            continue;
        }
        all_are_ours = false;
        let mut late = Vec::new();
        (&replacement.old).read_to_end(&mut late).map_err(failed)?;
        // Under the lock, or the next one who writes would not see it.
        let _locks = lock_all(slice::from_ref(target), &[], waiting)?;
        match is_ours() {
            true => put(target, &late, options)?,
            // Somebody has written since, on top of the new file, which is as it should be but for the late change.
            false => waiting.notes.push(written_over(&target.shown)),
        }
    }
    Ok(all_are_ours)
}
