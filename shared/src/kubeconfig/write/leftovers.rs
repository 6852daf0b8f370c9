//! Temporary files that no process will rename any more.

use std::{
    fs::{self, File, Metadata},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{Snapshot, lock::lock_path, names::Names, writer::Writer};

/// Where a file can't tell whether its process still runs, no process works on it for so long.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

/// A temporary file that is there, of a running process or of a killed one.
#[derive(Debug)]
pub(super) struct Leftover {
    pub path: PathBuf,
    pub metadata: Metadata,
    /// Who made it; none where the file system can't tell whether that process still runs.
    pub writer: Option<Writer>,
}

impl Leftover {
    /// Whether it is a second name of that file.
    pub fn is_same_file(&self, file: &Snapshot) -> bool {
        Snapshot::of(&self.metadata, &self.path).is_same_file(file)
    }

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

/// Removes the new files that killed processes left beside the target. The second name of a lock stays: it is the proof
/// that the lock may go, and goes after it.
pub(super) fn sweep(target: &Path) {
    let lock = Snapshot::take(&lock_path(target)).ok();
    for leftover in Names::of_new(target).present() {
        let is_lock = lock.as_ref().is_some_and(|lock| leftover.is_same_file(lock));
        if !is_lock && leftover.is_abandoned() {
            drop(fs::remove_file(&leftover.path));
        }
    }
}

/// How many names of the target are temporary ones, of writers that were just about to remove them.
pub(super) fn names_of(target: &Path) -> u64 {
    let Ok(snapshot) = Snapshot::take(target) else { return 0 };
    let present = Names::of_new(target).present();
    present.iter().filter(|leftover| leftover.is_same_file(&snapshot)).count() as u64
}
