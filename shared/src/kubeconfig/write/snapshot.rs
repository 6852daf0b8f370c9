//! A file at the moment it was read, to see later whether it still is the same.

use std::{
    fs::Metadata,
    io,
    path::Path,
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::Fingerprint;
use crate::{
    kubeconfig::file_bytes::FileBytes,
    regular_file::{kind, open_without_waiting},
};

/// Where the file system's clock can't be asked: it ticks every 10 ms at the slowest.
#[cfg(not(target_os = "linux"))]
const TICK: Duration = Duration::from_millis(20);

/// How long to wait until a file is no longer young.
const SETTLING: Duration = Duration::from_millis(25);

/// Which file it was, and how it looked from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::kubeconfig) struct Snapshot {
    looks: Looks,
    /// Where the platform has no numbers for files.
    path: Option<std::path::PathBuf>,
    /// Whether it was so young that a later write might show the same times: file systems count time in ticks.
    young: bool,
}

/// What one call of the system tells of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Looks {
    device: u64,
    file: u64,
    length: u64,
    /// Seconds and nanoseconds.
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Looks {
    /// Whether it is the same file and nobody has written to it; its name and its links may be others.
    pub fn holds_the_bytes_of(&self, other: &Self) -> bool {
        let bytes = |looks: &Self| (looks.device, looks.file, looks.length, looks.modified);
        bytes(self) == bytes(other)
    }
}

impl Snapshot {
    pub fn of(metadata: &Metadata, path: &Path) -> Self {
        Self {
            looks: looks(metadata),
            path: numberless(path),
            young: metadata.modified().ok().is_none_or(is_young),
        }
    }

    /// How the file looks now.
    pub fn take(path: &Path) -> io::Result<Self> {
        Ok(Self::of(&std::fs::metadata(path)?, path))
    }

    /// Whether both are of one file, by whatever path.
    pub fn is_same_file(&self, other: &Self) -> bool {
        (self.looks.device, self.looks.file, &self.path)
            == (other.looks.device, other.looks.file, &other.path)
    }

    /// Whether nothing seen from outside differs.
    pub fn looks_like(&self, other: &Self) -> bool {
        self.is_same_file(other) && self.looks == other.looks
    }

    /// Whether a look from outside is enough to see that the file has not changed.
    pub fn is_settled(&self) -> bool {
        !self.young
    }

    pub(super) fn looks(&self) -> Looks {
        self.looks
    }

    /// Whether the file is still the one that was read, before its lock is taken. A young file is waited for and
    /// compared byte by byte, so that under the lock a look from outside is enough.
    pub fn settle(&mut self, path: &Path, fingerprint: &Fingerprint) -> io::Result<bool> {
        let end = Instant::now() + SETTLING;
        while self.young && Self::take(path)?.young && Instant::now() < end {
            thread::sleep(Duration::from_millis(1));
        }
        self.is_current(path, fingerprint)
    }

    /// Whether the file is still the one that was read; the bytes are compared only where the times can't tell. A
    /// comparison makes the snapshot as new.
    pub fn is_current(&mut self, path: &Path, fingerprint: &Fingerprint) -> io::Result<bool> {
        if !self.looks_like(&Self::take(path)?) {
            return Ok(false);
        }
        if !self.young {
            return Ok(true);
        }
        let (bytes, now) = read_with_snapshot(path)?;
        if !self.looks_like(&now) || Fingerprint::of(&bytes) != *fingerprint {
            return Ok(false);
        }
        *self = now;
        Ok(true)
    }
}

/// Whether the clock that gives files their times has not ticked since `modified`.
#[cfg(target_os = "linux")]
fn is_young(modified: SystemTime) -> bool {
    let clock = rustix::time::clock_gettime(rustix::time::ClockId::RealtimeCoarse);
    let now = SystemTime::UNIX_EPOCH + Duration::new(clock.tv_sec.unsigned_abs(), clock.tv_nsec as u32);
    let age = now.duration_since(modified).unwrap_or_default();
    let whole_seconds =
        modified.duration_since(SystemTime::UNIX_EPOCH).is_ok_and(|time| time.subsec_nanos() == 0);
    // Some file systems count in seconds, or in two.
    age.is_zero() || whole_seconds && age < Duration::from_millis(2500)
}

#[cfg(not(target_os = "linux"))]
fn is_young(modified: SystemTime) -> bool {
    SystemTime::now().duration_since(modified).map_or(true, |age| age < TICK)
}

/// Reads a file, and how it looked while it was read.
pub(in crate::kubeconfig) fn read_with_snapshot(path: &Path) -> io::Result<(FileBytes, Snapshot)> {
    const ATTEMPTS: usize = 20;
    let mut attempt = 0;
    loop {
        let mut file = open_without_waiting(path)?;
        let metadata = file.metadata()?;
        let before = Snapshot::of(&metadata, path);
        if kind(metadata.file_type()).is_some() {
            return Ok((FileBytes::of_open(path, file, &metadata)?, before));
        }
        let bytes = FileBytes::read(&mut file, before.looks.length)?;
        let after = Snapshot::of(&file.metadata()?, path);
        attempt += 1;
        let whole = before.looks_like(&after) && bytes.len() as u64 == after.looks.length;
        if whole || attempt == ATTEMPTS {
            return Ok((bytes, before));
        }
    }
}

#[cfg(unix)]
fn looks(metadata: &Metadata) -> Looks {
    use std::os::unix::fs::MetadataExt;
    if kind(metadata.file_type()).is_some() {
        // A pipe or a device changes while it is read; which one it is does not.
        let (device, file) = (metadata.dev(), metadata.ino());
        return Looks { device, file, length: 0, modified: (0, 0), changed: (0, 0) };
    }
    Looks {
        device: metadata.dev(),
        file: metadata.ino(),
        length: metadata.len(),
        modified: (metadata.mtime(), metadata.mtime_nsec()),
        changed: (metadata.ctime(), metadata.ctime_nsec()),
    }
}

#[cfg(unix)]
impl Looks {
    #[expect(clippy::unnecessary_cast, reason = "the types of the fields differ between platforms")]
    pub fn of(stat: &rustix::fs::Stat) -> Self {
        Self {
            device: stat.st_dev as u64,
            file: stat.st_ino as u64,
            length: stat.st_size as u64,
            modified: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: (stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        }
    }
}

#[cfg(unix)]
fn numberless(_path: &Path) -> Option<std::path::PathBuf> {
    None
}

#[cfg(not(unix))]
fn looks(metadata: &Metadata) -> Looks {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let modified = modified.map_or((0, 0), |time| (time.as_secs() as i64, i64::from(time.subsec_nanos())));
    Looks { device: 0, file: 0, length: metadata.len(), modified, changed: (0, 0) }
}

#[cfg(not(unix))]
fn numberless(path: &Path) -> Option<std::path::PathBuf> {
    Some(path.canonicalize().unwrap_or_else(|_| path.to_path_buf()))
}
