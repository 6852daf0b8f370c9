//! A lock of its own, for what takes longer than one rename: writing in place, or reading again under the lock.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{Waiting, sentences::cannot_create};
use crate::{
    Result,
    kubeconfig::write::{
        anonymous_file::{give_name, open_anonymous},
        target,
        writer::Writer,
    },
};

/// A lock that is held; dropping it removes the file.
///
/// Unlike kubectl's empty one it names its process, and that process holds an advisory lock on it. So one that a
/// killed process left behind can be told, and the next writer of this suite removes it.
#[derive(Debug)]
pub(in crate::kubeconfig::write) struct Lock {
    path: PathBuf,
    _held: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nothing can be done about a failure, and the next writer says what it meets.
        drop(fs::remove_file(&self.path));
    }
}

impl Lock {
    /// Takes the lock at `path`, waiting for whoever holds it.
    pub fn acquire(path: &Path, waiting: &mut Waiting<'_>) -> Result<Self> {
        loop {
            match create(path) {
                Ok(held) => return Ok(Self { path: path.to_path_buf(), _held: held }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => waiting.meet(path)?,
                Err(error) => return Err(cannot_create(path, &error)),
            }
        }
    }
}

/// Makes the lock file, complete with the name of this process and its advisory lock.
fn create(path: &Path) -> io::Result<File> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    // Seldom needed, and cheap: most often there is no lock to wait for.
    if target::exists(path) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    if let Some(file) = open_anonymous(folder) {
        sign(&file);
        return match give_name(&file, path) {
            Ok(()) => Ok(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            Err(_) => create_named(path),
        };
    }
    create_named(path)
}

fn create_named(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    sign(&file);
    Ok(file)
}

/// Signs a lock: first the advisory lock, then the name, since who reads the name can rely on the lock. Where either
/// fails the lock looks like kubectl's, which is no failure.
fn sign(mut file: &File) {
    if file.try_lock().is_ok() {
        drop(file.write_all(Writer::this().to_string().as_bytes()));
    }
}
