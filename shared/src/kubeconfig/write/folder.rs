//! The names in a folder, made to last.

use std::{collections::BTreeSet, fs::File, path::Path};

use super::target::Target;

/// Syncs the folders of targets, so that the files under their names outlast a power failure. Not every file system can,
/// and a file that is old again after one is no harm: so a failure is none.
pub(super) fn sync(targets: &[Target]) {
    let folders: BTreeSet<&Path> = targets.iter().map(|target| target.folder.as_path()).collect();
    for folder in folders {
        if let Ok(folder) = File::open(folder) {
            drop(folder.sync_all());
        }
    }
}
