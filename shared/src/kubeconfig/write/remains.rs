//! What killed processes of this suite left of a file, for somebody who looks: nothing is changed here.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{lock, names::Names, stale_files::StaleFile, target::locks};

/// What was left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// Temporary files: bytes that never came to their place. The next write removes those
    /// beside the file.
    pub temporary: Vec<PathBuf>,
    /// Its locks by other programs that are old enough to be nobody's, and how old. kubectl's name no process, so of
    /// younger ones nothing is known.
    pub old_locks: Vec<(PathBuf, Duration)>,
    /// Its locks by this suite, which keep kubectl from writing. The next write removes them.
    pub locks: Vec<PathBuf>,
    /// Copies of its bytes before a write in place. That write may have been cut off half-way, or done: the file tells.
    pub copies: Vec<PathBuf>,
}

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
    Remains {
        temporary: abandoned(parts.chain([Names::of_new(&real)])),
        old_locks: others
            .into_iter()
            .filter_map(|path| lock::stale_age(&path).map(|age| (path, age)))
            .collect(),
        locks: own,
        copies: abandoned(copies),
    }
}

fn abandoned(names: impl Iterator<Item = Names>) -> Vec<PathBuf> {
    let present = names.flat_map(|names| names.present());
    present.filter(StaleFile::is_abandoned).map(|leftover| leftover.path).collect()
}
