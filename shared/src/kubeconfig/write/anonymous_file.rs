//! Files that get their name when they are complete, and end with the process if they never do.

use std::{fs::File, io, path::Path};

/// Opens a file without a name in a folder, for its owner alone; none where the file system can't.
#[cfg(target_os = "linux")]
pub(super) fn open_unnamed(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn open_unnamed(_folder: &Path) -> Option<File> {
    None
}

/// Gives the file a name that nothing has yet.
#[cfg(target_os = "linux")]
pub(super) fn give_name(file: &File, name: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};
    let descriptor = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, &descriptor, CWD, name, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn give_name(_file: &File, _name: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
