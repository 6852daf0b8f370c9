//! The file behind a path, and whether it may be written.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::lock::{NOT_WRITABLE, lock_path, reason};
use crate::{Error, Result, kubeconfig::edit::FileChange, regular_file::kind};

/// The file a change ends in.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// As the user spelled it, for messages.
    pub shown: PathBuf,
    /// The file itself, behind all links.
    pub real: PathBuf,
    /// Its folder.
    pub folder: PathBuf,
    /// The locks to take, kubectl's name for the spelled path first.
    pub locks: Vec<PathBuf>,
}

impl Target {
    /// Resolves a path to the file that will change, and refuses one that may not be written.
    pub fn resolve(shown: &Path, absolute: &Path) -> Result<Self> {
        let found = fs::metadata(absolute).map_err(|error| failure(shown, "find", &error))?;
        if let Some(kind) = kind(found.file_type()) {
            return Err(not_a_file(shown, kind));
        }
        let real = absolute.canonicalize().map_err(|error| failure(shown, "find", &error))?;
        check_writable(shown, &real)?;
        let folder = real.parent().unwrap_or(Path::new("/")).to_path_buf();
        let locks = locks(absolute, &real);
        Ok(Self { shown: shown.to_path_buf(), real, folder, locks })
    }

    /// Returns the lock beside the file itself.
    pub fn own_lock(&self) -> &PathBuf {
        &self.locks[self.locks.len() - 1]
    }

    /// Returns the lock beside the link that leads to the file, if there is a link.
    pub fn lock_beside_link(&self) -> Option<&PathBuf> {
        self.locks.first().filter(|_| self.locks.len() > 1)
    }
}

/// Returns the locks of the file that a path leads to, that beside the file itself last.
pub(super) fn locks(absolute: &Path, real: &Path) -> Vec<PathBuf> {
    let mut locks = vec![lock_path(real)];
    // kubectl's lock stands beside the link, not beside the file it leads to.
    let beside = absolute.parent().and_then(|parent| parent.canonicalize().ok());
    if let (Some(beside), Some(name)) = (beside, absolute.file_name()) {
        let spelled = lock_path(&beside.join(name));
        if spelled != locks[0] {
            locks.insert(0, spelled);
        }
    }
    locks
}

/// Returns the targets of changes, one each.
pub(super) fn resolve(changes: &[FileChange]) -> Result<Vec<Target>> {
    changes.iter().map(|change| Target::resolve(&change.path, &change.absolute)).collect()
}

#[cfg(unix)]
fn check_writable(shown: &Path, real: &Path) -> Result<()> {
    match rustix::fs::access(real, rustix::fs::Access::WRITE_OK) {
        Ok(()) => Ok(()),
        Err(number) => Err(failure(shown, "write", &number.into())),
    }
}

#[cfg(not(unix))]
fn check_writable(shown: &Path, real: &Path) -> Result<()> {
    let metadata = fs::metadata(real).map_err(|error| failure(shown, "find", &error))?;
    match metadata.permissions().readonly() {
        true => Err(failure(shown, "write", &io::ErrorKind::PermissionDenied.into())),
        false => Ok(()),
    }
}

/// Words the failure of a write that failed, the file being what it was.
pub(super) fn failure(shown: &Path, action: &str, error: &io::Error) -> Error {
    let sentence = format!("cannot {action} {}: {}; nothing was changed", shown.display(), reason(error));
    let error_with = Error::kubeconfig(sentence);
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            error_with.with_hint(NOT_WRITABLE)
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            error_with.with_hint("free some space on that disk and try again")
        }
        _ => error_with,
    }
}

/// Words the refusal to write a pipe, a device or a socket: nothing could be read back from most of them, and a file in
/// its place would break whatever else uses it.
fn not_a_file(shown: &Path, kind: &str) -> Error {
    Error::kubeconfig(format!(
        "cannot write {}: it is {kind}, not a regular file; nothing was changed",
        shown.display()
    ))
    .with_hint("name a regular file first, in KUBECONFIG or with --kubeconfig")
}

/// Tells whether `path` is there, whatever it is.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
