//! What killed processes of this suite left of a file, for somebody who looks: nothing is changed here.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{
    holders, lock,
    names::{Names, TemporaryFile},
    target::locks,
};

/// What was left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// Temporary files: bytes that never came to their place. The next write removes those
    /// beside the file.
    pub temporary: Vec<PathBuf>,
    /// Its locks by other programs that are old enough to be nobody's, and how old. kubectl's name no process, so of
    /// younger ones nothing is known.
    pub old_locks: Vec<(PathBuf, Duration)>,
    /// Its younger locks that did not go away while it was looked: somebody writes for long, or has ended. With how old
    /// they are, and a guess who holds them.
    pub held_locks: Vec<HeldLock>,
    /// Its locks by this suite, which keep kubectl from writing. The next write removes them.
    pub locks: Vec<PathBuf>,
    /// Copies of its bytes before a write in place. That write may have been cut off half-way, or done: the file tells.
    pub copies: Vec<PathBuf>,
}

/// A lock that stays, too young to be nobody's for certain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldLock {
    /// Its path.
    pub path: PathBuf,
    /// Its age.
    pub age: Duration,
    /// The end of a sentence on who may hold it; empty where nothing is known.
    pub holder: String,
}

/// Longer than any write of a kubeconfig takes: a lock that old is somebody's who waits or has ended.
const WRITE: Duration = Duration::from_secs(2);

/// Looks for what was left of the file at `path`, which is absolute; copies are looked for beside it and in
/// `backup_directory` (see [`super::WriteOptions`]).
pub fn remains(path: &Path, backup_directory: Option<&Path>) -> Remains {
    // A lock keeps kubectl from making a file, too.
    let beside = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    let real = path.canonicalize().ok().or_else(beside).unwrap_or_else(|| path.to_path_buf());
    let (own, others): (Vec<_>, Vec<_>) =
        locks(path, &real).into_iter().partition(|path| lock::is_orphan(path));
    let folders: Vec<&Path> = real.parent().into_iter().chain(backup_directory).collect();
    let parts = folders.iter().map(|folder| Names::of_parts(&real, folder));
    let copies = folders.iter().map(|folder| Names::of_copies(&real, folder));
    let (old, young): (Vec<_>, Vec<_>) = others.into_iter().partition(|path| lock::stale_age(path).is_some());
    let old_locks = old.into_iter().filter_map(|path| lock::stale_age(&path).map(|age| (path, age)));
    Remains {
        old_locks: old_locks.collect(),
        held_locks: young.into_iter().filter_map(held).collect(),
        temporary: abandoned(parts.chain([Names::of_new(&real)])),
        locks: own,
        copies: abandoned(copies),
    }
}

/// Waits for a lock to go as it does when a write ends; returns it where it stays.
fn held(path: PathBuf) -> Option<HeldLock> {
    let deadline = Instant::now() + WRITE;
    loop {
        let age = lock::age(&path)?;
        if age > WRITE || Instant::now() > deadline {
            return Some(HeldLock { age, holder: holders::of(&path), path });
        }
        thread::sleep(Duration::from_millis(10));
    }
}

fn abandoned(names: impl Iterator<Item = Names>) -> Vec<PathBuf> {
    let present = names.flat_map(|names| names.present());
    present.filter(TemporaryFile::is_abandoned).map(|found| found.path).collect()
}
