//! kubectl's lock: `<file>.lock`, made by whoever changes the file, gone when done.
//!
//! A file that is replaced is not locked, only looked at before and after: [`swap()`]. A [`Lock`] is taken where more
//! has to be done: a file written in place, or read and written until nobody comes in between.

mod held;
mod meanwhile;
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

pub(super) use self::{
    held::Lock,
    orphan::{is_orphan, owner},
    sentences::{reason, still_writing},
    swap::{Replacement, Swapped, swap},
    waiting::{Waiting, check, stale_age},
};

/// kubectl holds its lock for a second at most. One older than this may still be in use on a slow disk; one ten times
/// as old is not.
const FRESH: Duration = Duration::from_secs(10);

/// The name of a file's lock, as kubectl spells it.
pub(super) fn lock_path(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".lock");
    name.into()
}

/// Whether somebody seems to be changing the file right now.
pub(in crate::kubeconfig) fn lock_is_fresh(file: &Path) -> bool {
    let is_fresh = |file: &Path| {
        let path = lock_path(file);
        age(&path).is_some_and(|age| age < FRESH) && !is_orphan(&path)
    };
    let real = || file.canonicalize().ok().filter(|real| real != file);
    is_fresh(file) || real().is_some_and(|real| is_fresh(&real))
}

fn age(path: &Path) -> Option<Duration> {
    let modified = fs::symlink_metadata(path).ok()?.modified().ok()?;
    Some(SystemTime::now().duration_since(modified).unwrap_or_default())
}
