//! Temporary files that no process will rename any more.

use std::{fs, path::Path};

use super::names::Names;

/// Removes the new files that killed processes left beside the target.
pub(super) fn sweep(target: &Path) {
    for leftover in Names::of_new(target).present() {
        if leftover.is_abandoned() {
            drop(fs::remove_file(&leftover.path));
        }
    }
}
