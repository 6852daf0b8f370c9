//! Mode, owner and extended attributes of a file, given to the one that takes its place.

use std::{
    fs::{File, Metadata},
    path::Path,
};

/// Why the new file can't be made the same, so that the old one has to be written in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere a file has none of these"))]
pub(super) enum Loss {
    /// Other names of the file would keep the old bytes.
    HardLinks,
    /// It belongs to somebody else.
    Owner,
    /// Access lists, labels or other attributes can't be copied.
    Attributes,
    /// The file is a mount of its own.
    Mount,
    /// Its folder takes no other file.
    Folder,
}

impl Loss {
    pub fn reason(self) -> &'static str {
        match self {
            Self::HardLinks => "it has hard links, which have to stay one file",
            Self::Owner => "its owner could not be kept otherwise",
            Self::Attributes => "its extended attributes could not be kept otherwise",
            Self::Mount => "it is mounted, and can't be replaced",
            Self::Folder => "its folder is not writable, so kubectl's lock could not be taken either",
        }
    }
}

/// Gives `new` what `old` has, or says what would be lost.
#[cfg(unix)]
pub(super) fn copy(old: &Metadata, real: &Path, new: &File) -> std::io::Result<Result<(), Loss>> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    if old.nlink() > 1 {
        return Ok(Err(Loss::HardLinks));
    }
    let fresh = new.metadata()?;
    if (fresh.uid(), fresh.gid()) != (old.uid(), old.gid())
        && fchown(new, Some(old.uid()), Some(old.gid())).is_err()
    {
        return Ok(Err(Loss::Owner));
    }
    // After the owner: a change of owner clears bits of the mode.
    let mode = old.mode() & 0o7777;
    new.set_permissions(std::fs::Permissions::from_mode(mode))?;
    Ok(copy_extended(real, new))
}

#[cfg(not(unix))]
pub(super) fn copy(old: &Metadata, _real: &Path, new: &File) -> std::io::Result<Result<(), Loss>> {
    new.set_permissions(old.permissions())?;
    Ok(Ok(()))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn copy_extended(real: &Path, new: &File) -> Result<(), Loss> {
    use rustix::fs::{XattrFlags, fgetxattr, fsetxattr, getxattr, listxattr};
    const LARGEST: usize = 1 << 16;
    let mut names = vec![0u8; LARGEST];
    // A file system without such attributes has none to lose.
    let Ok(length) = listxattr(real, &mut names[..]) else { return Ok(()) };
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let mut value = vec![0u8; LARGEST];
        let Ok(length) = getxattr(real, name, &mut value[..]) else { return Err(Loss::Attributes) };
        let value = &value[..length];
        if fsetxattr(new, name, value, XattrFlags::empty()).is_ok() {
            continue;
        }
        // Labels that the system gives by itself may not be set, and need not be.
        let mut own = vec![0u8; LARGEST];
        let same = fgetxattr(new, name, &mut own[..]).is_ok_and(|length| &own[..length] == value);
        if !same {
            return Err(Loss::Attributes);
        }
    }
    Ok(())
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
fn copy_extended(_real: &Path, _new: &File) -> Result<(), Loss> {
    Ok(())
}
