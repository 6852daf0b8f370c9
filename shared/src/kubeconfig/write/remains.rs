//! What killed processes of this suite left of a file, for somebody who looks: nothing is changed here.

use std::path::{Path, PathBuf};

use super::{leftovers::Leftover, lock, names::Names, target::locks};

/// What was left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// Temporary files: bytes that never came to their place, or a lock's second name. The next write removes those
    /// beside the file.
    pub temporary: Vec<PathBuf>,
    /// Its locks, which keep kubectl from writing. The next write removes them.
    pub locks: Vec<PathBuf>,
    /// Copies of its bytes before a write in place. That write may have been cut off half-way, or done: the file tells.
    pub copies: Vec<PathBuf>,
}

/// Looks for what was left of the file at `path`, which is absolute; copies are looked for beside it and in
/// `backup_directory` (see [`super::WriteOptions`]).
pub fn remains(path: &Path, backup_directory: Option<&Path>) -> Remains {
    let Ok(real) = path.canonicalize() else { return Remains::default() };
    let folders: Vec<&Path> = real.parent().into_iter().chain(backup_directory).collect();
    let parts = folders.iter().map(|folder| Names::of_parts(&real, folder));
    let copies = folders.iter().map(|folder| Names::of_copies(&real, folder));
    Remains {
        temporary: abandoned(parts.chain([Names::of_new(&real)])),
        locks: locks(path, &real).into_iter().filter(|path| lock::is_orphan(path)).collect(),
        copies: abandoned(copies),
    }
}

fn abandoned(names: impl Iterator<Item = Names>) -> Vec<PathBuf> {
    let present = names.flat_map(|names| names.present());
    present.filter(Leftover::is_abandoned).map(|leftover| leftover.path).collect()
}
