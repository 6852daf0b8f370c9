//! Temporary files beside a target that no process will rename any more.

use std::{
    fs::{self, File, Metadata},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{
    Snapshot,
    lock::lock_path,
    staged::{SUFFIX, UNSIGNED, prefix},
    writer::Writer,
};

/// Where a file can't tell whether its process still runs, no process works on it for so long.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

/// A temporary file that is there, of a running process or of a killed one.
#[derive(Debug)]
pub(super) struct Leftover {
    path: PathBuf,
    metadata: Metadata,
    /// Who made it; none where the file system can't tell whether that process still runs.
    pub writer: Option<Writer>,
}

impl Leftover {
    /// Whether it is a second name of that file.
    pub fn is_same_file(&self, file: &Snapshot) -> bool {
        Snapshot::of(&self.metadata, &self.path).is_same_file(file)
    }

    fn is_abandoned(&self) -> bool {
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

/// All temporary files beside a target.
pub(super) fn leftovers(target: &Path) -> Vec<Leftover> {
    let Some(Ok(entries)) = target.parent().map(fs::read_dir) else { return Vec::new() };
    let prefix = prefix(target);
    let found = entries.flatten().filter_map(|entry| {
        let name = entry.file_name();
        let signature = signature(name.as_encoded_bytes(), prefix.as_encoded_bytes())?;
        let writer = signature.parse().ok();
        if writer.is_none() && !signature.starts_with(UNSIGNED) {
            return None;
        }
        Some(Leftover { path: entry.path(), metadata: entry.metadata().ok()?, writer })
    });
    found.collect()
}

/// What stands between the target's name and the number.
fn signature<'name>(name: &'name [u8], prefix: &[u8]) -> Option<&'name str> {
    let middle = name.strip_prefix(prefix)?.strip_suffix(SUFFIX.as_bytes())?;
    let (signature, number) = std::str::from_utf8(middle).ok()?.rsplit_once('.')?;
    number.parse::<u32>().is_ok().then_some(signature)
}

/// Removes what killed processes left beside the target. The second name of a lock stays: it is the proof that the lock
/// may go, and goes after it.
pub(super) fn sweep(target: &Path) {
    let lock = Snapshot::take(&lock_path(target)).ok();
    for leftover in leftovers(target) {
        let is_lock = lock.as_ref().is_some_and(|lock| leftover.is_same_file(lock));
        if !is_lock && leftover.is_abandoned() {
            drop(fs::remove_file(&leftover.path));
        }
    }
}

/// How many names of the target are temporary ones, of writers that were just about to remove them.
pub(super) fn names_of(target: &Path) -> u64 {
    let Ok(snapshot) = Snapshot::take(target) else { return 0 };
    leftovers(target).iter().filter(|leftover| leftover.is_same_file(&snapshot)).count() as u64
}
