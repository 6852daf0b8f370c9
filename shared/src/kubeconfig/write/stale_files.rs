//! Temporary files that no process will rename any more.

use std::{fs, path::Path};

use super::names::Names;

/// Removes new files that killed processes left beside the target.
pub(super) fn sweep(target: &Path) {
    for found in Names::of_new(target).present() {
        if found.is_abandoned() {
            drop(fs::remove_file(&found.path));
        }
    }
}
