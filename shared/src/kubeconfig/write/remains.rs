//! What killed processes of this suite left of a file, for somebody who looks: nothing is changed here.

use std::path::{Path, PathBuf};

use super::{leftovers::abandoned, lock, names::Names, target::locks};

/// What was left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// Temporary files beside it: new bytes that never came to their place. The next write removes them.
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
    let folders = real.parent().into_iter().chain(backup_directory);
    let copies = folders.flat_map(|folder| Names::of_copies(&real, folder).present());
    Remains {
        temporary: abandoned(&real),
        locks: locks(path, &real).into_iter().filter(|path| lock::is_orphan(path)).collect(),
        copies: copies.filter(|copy| copy.is_abandoned()).map(|copy| copy.path).collect(),
    }
}
