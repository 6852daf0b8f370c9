//! Lock, look, replace and unlock in three calls of the system.
//!
//! The new file, complete and synced, is linked to `<file>.lock`: that fails where anybody has a lock. If the target is
//! still the one that was read, the lock is renamed over it, which replaces the file and ends the lock at once. What lies
//! between a kill and a lock left behind is one look at the target, and such a lock has a second name that tells its
//! process.

use std::path::PathBuf;

use crate::kubeconfig::write::Snapshot;

/// One file to put in the place of another.
#[derive(Debug)]
pub(in crate::kubeconfig::write) struct Replacement<'a> {
    /// The name of the new file.
    pub staged: PathBuf,
    pub lock: PathBuf,
    pub target: PathBuf,
    /// What the target has to look like.
    pub expected: &'a Snapshot,
}

/// What became of several replacements: all were made, or none, or some.
#[derive(Debug)]
pub(in crate::kubeconfig::write) enum Swapped {
    Done,
    /// Somebody has the lock of this one.
    Held(usize),
    /// A target is not what was read.
    Changed,
    /// A file can't get a second name here: the file system knows no links, or a rule forbids this one.
    Unlinkable,
    /// So many were made, and the next one can't be: a mount is not replaced.
    Half(usize),
}

#[cfg(unix)]
pub(in crate::kubeconfig::write) fn swap(replacements: &[Replacement<'_>]) -> Swapped {
    unix::swap(replacements)
}

#[cfg(not(unix))]
pub(in crate::kubeconfig::write) fn swap(_replacements: &[Replacement<'_>]) -> Swapped {
    Swapped::Unlinkable
}

#[cfg(unix)]
mod unix {
    use std::{ffi::CString, os::unix::ffi::OsStrExt, path::Path};

    use rustix::{
        fs::{link, rename, stat, unlink},
        io::Errno,
    };

    use super::{Replacement, Swapped};
    use crate::kubeconfig::write::snapshot::Looks;

    /// A replacement spelled for the system, so that nothing is left to work out while the lock is held.
    struct Calls {
        staged: CString,
        lock: CString,
        target: CString,
        expected: Looks,
    }

    pub(super) fn swap(replacements: &[Replacement<'_>]) -> Swapped {
        let calls: Option<Vec<Calls>> = replacements.iter().map(calls).collect();
        // A path with a zero byte leads nowhere.
        let Some(calls) = calls else { return Swapped::Unlinkable };
        run(&calls)
    }

    fn calls(replacement: &Replacement<'_>) -> Option<Calls> {
        let spelled = |path: &Path| CString::new(path.as_os_str().as_bytes()).ok();
        Some(Calls {
            staged: spelled(&replacement.staged)?,
            lock: spelled(&replacement.lock)?,
            target: spelled(&replacement.target)?,
            expected: replacement.expected.looks(),
        })
    }

    fn run(calls: &[Calls]) -> Swapped {
        for (index, call) in calls.iter().enumerate() {
            match link(&*call.staged, &*call.lock) {
                Ok(()) => {}
                Err(number) => {
                    unlock(&calls[..index]);
                    return match number {
                        Errno::EXIST => Swapped::Held(index),
                        _ => Swapped::Unlinkable,
                    };
                }
            }
        }
        for call in calls {
            match stat(&*call.target) {
                Ok(now) if Looks::of(&now) == call.expected => {}
                _ => {
                    unlock(calls);
                    return Swapped::Changed;
                }
            }
        }
        for (index, call) in calls.iter().enumerate() {
            if rename(&*call.lock, &*call.target).is_err() {
                unlock(&calls[index..]);
                return Swapped::Half(index);
            }
        }
        Swapped::Done
    }

    fn unlock(calls: &[Calls]) {
        for call in calls {
            // Nothing can be done about a failure, and the next writer says what it meets.
            let _ignored = unlink(&*call.lock);
        }
    }
}
