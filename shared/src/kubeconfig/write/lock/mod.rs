//! kubectl's lock: `<file>.lock`, made by whoever changes the file, gone when done.
//!
//! A file that is replaced is not locked, only looked at before and after: [`swap()`]. A [`Lock`] is taken where more
//! has to be done: a file written in place, or read and written until nobody comes in between.

mod concurrent_change;
mod held;
mod orphan;
mod sentences;
mod swap;
#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::unwrap_used, reason = "in a test a panic is the report")]
mod tests;
mod waiting;

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

pub use self::sentences::NOT_WRITABLE;
pub(super) use self::{
    held::Lock,
    orphan::{is_orphan, owner},
    sentences::{reason, still_writing, written_over},
    swap::{Replacement, Swapped, swap},
    waiting::{Waiting, check, stale_age},
};
use super::Snapshot;

/// kubectl holds its lock for a second at most. One older than this may still be in use on a slow disk; one ten times
/// as old is not.
const FRESH: Duration = Duration::from_secs(10);

/// Returns the name of a file's lock, as kubectl spells it.
pub(super) fn lock_path(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".lock");
    name.into()
}

/// Returns the lock of somebody who seems to be changing the file right now.
pub(in crate::kubeconfig) fn fresh_lock(file: &Path) -> Option<Snapshot> {
    let fresh = |file: &Path| {
        let path = lock_path(file);
        let is_fresh = age(&path).is_some_and(|age| age < FRESH) && !is_orphan(&path);
        let metadata = is_fresh.then(|| fs::symlink_metadata(&path).ok()).flatten()?;
        Some(Snapshot::of(&metadata, &path))
    };
    let real = || file.canonicalize().ok().filter(|real| real != file);
    fresh(file).or_else(|| real().and_then(|real| fresh(&real)))
}

/// Returns how long ago a lock was made.
pub(super) fn age(path: &Path) -> Option<Duration> {
    let modified = fs::symlink_metadata(path).ok()?.modified().ok()?;
    Some(SystemTime::now().duration_since(modified).unwrap_or_default())
}
