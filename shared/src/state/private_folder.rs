//! Folders for their owner alone, in places where others may write.

use std::{fs, io, path::Path};

/// Makes a folder for this user alone, or checks that the one that is there is.
///
/// # Errors
/// It can't be made, or somebody else made it or may write to it.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let builder = fs::DirBuilder::new();
    #[cfg(unix)]
    let builder = {
        let mut builder = builder;
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
    };
    match builder.create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => check(path),
        made => made,
    }
}

/// Returns whether a path is a folder of this user, and no link.
#[cfg(unix)]
pub fn is_own_folder(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid().as_raw();
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir() && found.uid() == user)
}

/// Returns whether a path is a folder.
#[cfg(not(unix))]
pub fn is_own_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Returns a word for this user, to tell folders of several users in one place apart.
pub fn user_word() -> String {
    #[cfg(unix)]
    let word = rustix::process::geteuid().as_raw().to_string();
    #[cfg(not(unix))]
    let word = std::env::var("USERNAME").unwrap_or_default();
    word
}

#[cfg(unix)]
fn check(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let is_private = fs::symlink_metadata(path)?.mode() & 0o077 == 0;
    match is_own_folder(path) && is_private {
        true => Ok(()),
        false => {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "somebody else may change what is in it"))
        }
    }
}

#[cfg(not(unix))]
fn check(path: &Path) -> io::Result<()> {
    match is_own_folder(path) {
        true => Ok(()),
        false => Err(io::ErrorKind::NotADirectory.into()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn nobody_else_may_have_made_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for _ in 0..2 {
            private_folder(&path("own")).unwrap();
        }
        assert_eq!(fs::metadata(path("own")).unwrap().permissions().mode() & 0o777, 0o700);
        fs::set_permissions(path("own"), fs::Permissions::from_mode(0o720)).unwrap();
        assert!(private_folder(&path("own")).is_err(), "others may write");
        fs::create_dir(path("other")).unwrap();
        symlink(path("other"), path("link")).unwrap();
        assert!(private_folder(&path("link")).is_err() && !is_own_folder(&path("link")));
        fs::write(path("file"), "").unwrap();
        assert!(private_folder(&path("file")).is_err());
    }
}
