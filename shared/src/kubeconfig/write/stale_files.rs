//! Temporary files that no process will rename any more.

use std::{
    fs::{self, File, Metadata},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{names::Names, writer::Writer};

/// Where a file can't tell whether its process still runs, no process works on it for so long.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

/// A temporary file that is there, of a running process or of a killed one.
#[derive(Debug)]
pub(super) struct StaleFile {
    pub path: PathBuf,
    pub metadata: Metadata,
    /// Who made it; none where the file system can't tell whether that process still runs.
    pub writer: Option<Writer>,
}

impl StaleFile {
    /// Whether its process was killed.
    pub fn is_abandoned(&self) -> bool {
        match &self.writer {
            Some(writer) => File::open(&self.path).is_ok_and(|file| writer.is_gone(&file)),
            None => {
                let modified = self.metadata.modified().ok();
                let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
                age.is_some_and(|age| age > ABANDONED)
            }
        }
    }
}

/// Removes the new files that killed processes left beside the target.
pub(super) fn sweep(target: &Path) {
    for leftover in Names::of_new(target).present() {
        if leftover.is_abandoned() {
            drop(fs::remove_file(&leftover.path));
        }
    }
}
