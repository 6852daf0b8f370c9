//! New bytes on disk beside the file they will replace.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime},
};

use super::{
    attributes::{self, Loss},
    target::Target,
    unnamed::{give_name, open_unnamed},
};

/// Ends the names of temporary files, so that they can be told from everything else.
const SUFFIX: &str = ".kubeconfig-new";

/// A temporary file this old has been locked by its writer, if it has one.
const LOCKED_BY_NOW: Duration = Duration::from_secs(1);

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
            drop(file.try_lock());
            return Ok(Self { file, name: None });
        }
        let (file, name) = open_named(target)?;
        drop(file.try_lock());
        Ok(Self { file, name: Some(name) })
    }

    /// Puts the new file where the old one is.
    pub fn replace(mut self, target: &Target) -> io::Result<()> {
        if self.name.is_none() {
            let name = fresh_name(target);
            give_name(&self.file, &name)?;
            self.name = Some(name);
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
        let abandoned = || File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if age.is_some_and(|age| age > LOCKED_BY_NOW) && abandoned() {
            drop(fs::remove_file(entry.path()));
        }
    }
}
