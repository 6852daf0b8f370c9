//! New bytes on disk beside the file they will replace.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime},
};

use super::{
    attributes::{self, Loss},
    target::Target,
};

/// Ends the names of temporary files, so that they can be told from everything else.
const SUFFIX: &str = ".kubeconfig-new";

/// A temporary file this old belongs to nobody.
const ABANDONED: Duration = Duration::from_secs(600);

/// A temporary file with all bytes synced. Dropping it removes it.
#[derive(Debug)]
pub(super) struct Staged {
    file: File,
    /// Its name; none where it has none yet.
    name: Option<PathBuf>,
}

/// The result of staging.
pub(super) enum Staging {
    /// Ready to be renamed.
    Ready(Staged),
    /// Renaming would lose this.
    Lossy(Loss),
}

impl Staged {
    /// Writes and syncs `contents` beside the target, with the target's mode, owner and attributes.
    pub fn write(target: &Target, contents: &[u8]) -> io::Result<Staging> {
        let old = fs::metadata(&target.real)?;
        let mut staged = Self::open(target)?;
        // Before the bytes, so that nothing secret is ever under a looser mode than the target's.
        if let Err(loss) = attributes::copy(&old, &target.real, &staged.file)? {
            return Ok(Staging::Lossy(loss));
        }
        staged.file.write_all(contents)?;
        staged.file.sync_data()?;
        Ok(Staging::Ready(staged))
    }

    fn open(target: &Target) -> io::Result<Self> {
        if let Some(file) = open_unnamed(&target.folder) {
            return Ok(Self { file, name: None });
        }
        let (file, name) = open_named(target)?;
        Ok(Self { file, name: Some(name) })
    }

    /// Puts the new file where the old one is.
    pub fn replace(mut self, target: &Target) -> io::Result<()> {
        if self.name.is_none() {
            self.name = Some(give_name(&self.file, target)?);
        }
        if let Some(name) = &self.name {
            fs::rename(name, &target.real)?;
            self.name = None;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            drop(fs::remove_file(name));
        }
    }
}

fn open_named(target: &Target) -> io::Result<(File, PathBuf)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    loop {
        let name = fresh_name(target);
        match options.open(&name) {
            Ok(file) => return Ok((file, name)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

fn fresh_name(target: &Target) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut name = prefix(target);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    name.push(format!("{}-{number}{SUFFIX}", std::process::id()));
    target.folder.join(name)
}

fn prefix(target: &Target) -> OsString {
    let mut name = OsString::from(".");
    name.push(target.real.file_name().unwrap_or(OsStr::new("config")));
    name.push(".");
    name
}

/// A file without a name, which ends with the process if it never gets one.
#[cfg(target_os = "linux")]
fn open_unnamed(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
fn open_unnamed(_folder: &Path) -> Option<File> {
    None
}

#[cfg(target_os = "linux")]
fn give_name(file: &File, target: &Target) -> io::Result<PathBuf> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};
    let descriptor = format!("/proc/self/fd/{}", file.as_raw_fd());
    loop {
        let name = fresh_name(target);
        match linkat(CWD, &descriptor, CWD, &name, AtFlags::SYMLINK_FOLLOW) {
            Ok(()) => return Ok(name),
            Err(rustix::io::Errno::EXIST) => {}
            Err(number) => return Err(number.into()),
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn give_name(_file: &File, _target: &Target) -> io::Result<PathBuf> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes what killed writers left beside the target.
pub(super) fn sweep(target: &Target) {
    let Ok(entries) = fs::read_dir(&target.folder) else { return };
    let prefix = prefix(target);
    for entry in entries.flatten() {
        let name = entry.file_name();
        let (name, prefix) = (name.as_encoded_bytes(), prefix.as_encoded_bytes());
        if !name.starts_with(prefix) || !name.ends_with(SUFFIX.as_bytes()) {
            continue;
        }
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
        if age.is_some_and(|age| age > ABANDONED) {
            drop(fs::remove_file(entry.path()));
        }
    }
}
