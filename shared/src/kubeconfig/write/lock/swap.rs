//! Looks at the locks, replaces, and looks again.
//!
//! kubectl holds its lock from before it reads until after it has written, and fails at once where there is one. So
//! nobody is in between reading and writing where no lock is seen both before and after the rename, and the rename
//! itself needs no lock of its own: no kill can leave one, and no kubectl meets one. Where somebody came in between, it
//! shows: as a lock, as other bytes in the new file, or as a late write into the old one, which is kept open for that.

use std::path::PathBuf;

use super::super::Snapshot;

/// One file to put in the place of another.
#[derive(Debug)]
#[cfg_attr(not(unix), expect(dead_code, reason = "files are swapped on Unix only"))]
pub(in crate::kubeconfig::write) struct Replacement<'a> {
    /// The name of the new file.
    pub staged: PathBuf,
    /// The new file as it was written.
    pub written: Snapshot,
    /// Every lock that tells of somebody who changes the target.
    pub locks: &'a [PathBuf],
    pub target: PathBuf,
    /// What the target has to look like.
    pub expected: &'a Snapshot,
    /// The target as long as it is not replaced; its bytes for whoever had opened it before.
    pub old: std::fs::File,
}

/// What became of several replacements: all were made, or none, or some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "files are swapped on Unix only"))]
pub(in crate::kubeconfig::write) enum Swapped {
    Done,
    /// Somebody has this lock of this one; nothing was replaced.
    Held(usize, usize),
    /// A target is not what was read; nothing was replaced.
    Changed,
    /// All were made, and somebody else was at one of the files meanwhile.
    Disturbed,
    /// So many were made, and the next one can't be: a mount is not replaced.
    Half(usize),
    /// The platform tells too little of a file for it.
    Unsupported,
}

#[cfg(unix)]
pub(in crate::kubeconfig::write) fn swap(replacements: &[Replacement<'_>]) -> Swapped {
    unix::swap(replacements)
}

#[cfg(not(unix))]
pub(in crate::kubeconfig::write) fn swap(_replacements: &[Replacement<'_>]) -> Swapped {
    Swapped::Unsupported
}

#[cfg(unix)]
mod unix {
    use std::{ffi::CString, os::unix::ffi::OsStrExt, path::Path};

    use rustix::fs::{fstat, lstat, rename, stat};

    use super::{Replacement, Swapped};
    use crate::kubeconfig::write::{
        lock::concurrent_change::{self, Moment},
        snapshot::Looks,
    };

    /// A replacement spelled for the system, so that nothing is left to work out between the looks.
    struct Calls<'a> {
        staged: CString,
        locks: Vec<CString>,
        target: CString,
        expected: Looks,
        written: Looks,
        old: &'a std::fs::File,
    }

    pub(super) fn swap(replacements: &[Replacement<'_>]) -> Swapped {
        let calls: Option<Vec<Calls<'_>>> = replacements.iter().map(calls).collect();
        // A path with a zero byte leads nowhere.
        let Some(calls) = calls else { return Swapped::Unsupported };
        run(&calls)
    }

    fn calls<'a>(replacement: &'a Replacement<'_>) -> Option<Calls<'a>> {
        let spelled = |path: &Path| CString::new(path.as_os_str().as_bytes()).ok();
        Some(Calls {
            staged: spelled(&replacement.staged)?,
            locks: replacement.locks.iter().map(|lock| spelled(lock)).collect::<Option<_>>()?,
            target: spelled(&replacement.target)?,
            expected: replacement.expected.looks(),
            written: replacement.written.looks(),
            old: &replacement.old,
        })
    }

    fn run(calls: &[Calls<'_>]) -> Swapped {
        for (index, call) in calls.iter().enumerate() {
            if let Some(lock) = call.locks.iter().position(is_there) {
                return Swapped::Held(index, lock);
            }
        }
        for call in calls {
            match stat(&*call.target) {
                Ok(now) if Looks::of(&now) == call.expected => {}
                _ => return Swapped::Changed,
            }
        }
        concurrent_change::others(Moment::Looked);
        for (index, call) in calls.iter().enumerate() {
            if rename(&*call.staged, &*call.target).is_err() {
                return Swapped::Half(index);
            }
        }
        concurrent_change::others(Moment::Renamed);
        if calls.iter().all(is_undisturbed) { Swapped::Done } else { Swapped::Disturbed }
    }

    fn is_undisturbed(call: &Calls<'_>) -> bool {
        // The lock first: whoever releases it after this look has written before the next one.
        !call.locks.iter().any(is_there)
            && stat(&*call.target).is_ok_and(|now| Looks::of(&now).holds_the_bytes_of(&call.written))
            && fstat(call.old).is_ok_and(|now| Looks::of(&now).holds_the_bytes_of(&call.expected))
    }

    fn is_there(lock: &CString) -> bool {
        lstat(&**lock).is_ok()
    }
}
