//! New kubeconfig files: for their owner alone, whole from the moment they have a name, and never in the place of another.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use super::{
    Writer,
    anonymous_file::{give_name, open_anonymous},
    lock::reason,
};
use crate::{Error, Result, cli::ExitStatus};

/// Creates a file with mode 0600.
///
/// # Errors
/// [`ExitStatus::Guarded`] where something has that name already; what keeps the file from being written.
pub fn create_file(path: &Path, contents: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create(path, folder, contents).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Error::new(format!("cannot write {}: {}", path.display(), reason(&error))),
    })
}

/// Returns the refusal to write over a file.
pub fn exists(path: &Path) -> Error {
    Error::new(format!("{} already exists and was not changed", path.display()))
        .with_status(ExitStatus::Guarded)
        .with_hint("name another file with --file, or remove that one")
}

fn create(path: &Path, folder: &Path, contents: &[u8]) -> io::Result<()> {
    if let Some(file) = open_anonymous(folder) {
        fill(&file, contents)?;
        match give_name(&file, path) {
            // There is no way to a name without /proc, or without hard links.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
            named => return named,
        }
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".{name}.{}.new", Writer::this()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&temporary)?;
    // A link, unlike a rename, replaces nothing.
    let made = fill(&file, contents).and_then(|()| fs::hard_link(&temporary, path));
    drop(fs::remove_file(&temporary));
    made
}

fn fill(mut file: &File, contents: &[u8]) -> io::Result<()> {
    file.write_all(contents)?;
    file.sync_data()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn it_is_private_and_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jane.kubeconfig");
        create_file(&path, b"a").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let error = create_file(&path, b"b").unwrap_err();
        assert_eq!(error.status(), ExitStatus::Guarded);
        assert!(error.sentence().ends_with("jane.kubeconfig already exists and was not changed"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"a");
        std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
        assert_eq!(create_file(&folder.path().join("link"), b"b").unwrap_err().status(), ExitStatus::Guarded);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left");
        let error = create_file(&folder.path().join("no/such"), b"b").unwrap_err();
        assert!(error.sentence().ends_with("no/such: no such file or directory"), "{error}");
    }
}
