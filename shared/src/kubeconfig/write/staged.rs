//! New bytes on disk beside the file they will replace.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{
    Snapshot,
    anonymous_file::{give_name, open_anonymous},
    attributes::{self, Loss},
    names::Names,
    target::Target,
};

/// A temporary file with all bytes synced. Dropping it removes its name.
#[derive(Debug)]
pub(super) struct Staged {
    /// Open as long as this process may need the name: the advisory lock says so to others.
    file: File,
    name: PathBuf,
    /// Whether the name is gone, because the file is where it should be.
    placed: bool,
}

/// The result of staging.
pub(super) enum Staging {
    /// Ready to be renamed.
    Ready(Staged),
    /// Renaming is impossible or would lose this.
    Lossy(Loss),
}

impl Staging {
    /// Records that the new file got its place, and has no other name any more.
    pub fn is_placed(&mut self) {
        if let Self::Ready(staged) = self {
            staged.placed = true;
        }
    }
}

impl Staged {
    /// Writes and syncs `contents` beside the target, with the target's mode, owner and attributes. Where the file
    /// system can, it gets its name only then, so that a kill before leaves nothing.
    pub fn write(target: &Target, contents: &[u8]) -> io::Result<Staging> {
        if let Some(file) = open_anonymous(&target.folder) {
            let signed = file.try_lock().is_ok();
            if let Err(loss) = fill(&file, target, contents)? {
                return Ok(Staging::Lossy(loss));
            }
            match Names::of_new(&target.real).make(signed, |name| give_name(&file, name)) {
                Ok(((), name)) => return Ok(Staging::Ready(Self { file, name, placed: false })),
                Err(error) if is_full(&error) => return Err(error),
                // There is no way to a name without /proc, or without hard links.
                Err(_) => {}
            }
        }
        let staged = match Self::open(target, true) {
            Ok(staged) if staged.file.try_lock().is_ok() => staged,
            Ok(unsignable) => {
                drop(unsignable);
                Self::open(target, false)?
            }
            Err(error) if is_closed(&error) => return Ok(Staging::Lossy(Loss::Folder)),
            Err(error) => return Err(error),
        };
        let filled = fill(&staged.file, target, contents)?;
        Ok(filled.map_or_else(Staging::Lossy, |()| Staging::Ready(staged)))
    }

    /// Makes an empty one, under its name from the beginning.
    fn open(target: &Target, signed: bool) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let (file, name) = Names::of_new(&target.real).make(signed, |name| options.open(name))?;
        Ok(Self { file, name, placed: false })
    }

    /// Returns where it is.
    pub fn name(&self) -> &Path {
        &self.name
    }

    /// Returns how it looks from outside.
    pub fn snapshot(&self) -> io::Result<Snapshot> {
        Ok(Snapshot::of(&self.file.metadata()?, &self.name))
    }

    /// Puts the new file where the old one is, under a lock that the caller holds.
    pub fn replace(&mut self, target: &Target) -> io::Result<()> {
        fs::rename(&self.name, &target.real)?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.placed {
            drop(fs::remove_file(&self.name));
        }
    }
}

fn fill(mut file: &File, target: &Target, contents: &[u8]) -> io::Result<Result<(), Loss>> {
    let old = fs::metadata(&target.real)?;
    // Before the bytes, so that nothing secret is ever under a looser mode than the target's.
    if let Err(loss) = attributes::copy(&old, &target.real, file)? {
        return Ok(Err(loss));
    }
    file.write_all(contents)?;
    file.sync_data()?;
    Ok(Ok(()))
}

/// Tells whether a folder takes no new files, whatever may be done to those it has.
fn is_closed(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
