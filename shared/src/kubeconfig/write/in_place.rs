//! Writing over a file that can't be replaced, with a copy of it kept until that is done.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{
    lock::reason,
    target::{Target, failure},
};
use crate::{Error, Result};

/// Writes `contents` over the target. The caller holds its locks.
pub(super) fn write(target: &Target, contents: &[u8], backup_directory: Option<&Path>) -> Result<()> {
    let failed = |error: io::Error| failure(&target.shown, "write", &error);
    let mut file = OpenOptions::new().read(true).write(true).open(&target.real).map_err(failed)?;
    let mut old = Vec::new();
    file.read_to_end(&mut old).map_err(failed)?;
    let backup = keep(target, &old, backup_directory).map_err(failed)?;
    if let Err(error) = overwrite(&mut file, &old, contents) {
        // Back to what it was, as far as the disk lets us: the old bytes had room before.
        return Err(match overwrite(&mut file, &[], &old) {
            Ok(()) => {
                drop(fs::remove_file(&backup));
                failed(error)
            }
            Err(_) => Error::kubeconfig(format!(
                "writing {} failed half-way: {}; its bytes are kept in {}",
                target.shown.display(),
                reason(&error),
                backup.display()
            ))
            .with_hint(format!("cp {} {}", backup.display(), target.real.display())),
        });
    }
    drop(fs::remove_file(&backup));
    Ok(())
}

/// Writes only from the first byte that differs, so that a reader meets as little of it as can be.
fn overwrite(file: &mut File, old: &[u8], new: &[u8]) -> io::Result<()> {
    let same = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    file.seek(SeekFrom::Start(same as u64))?;
    file.write_all(&new[same..])?;
    file.set_len(new.len() as u64)?;
    file.sync_all()
}

fn keep(target: &Target, old: &[u8], directory: Option<&Path>) -> io::Result<PathBuf> {
    let directory = directory.filter(|directory| is_there(directory)).unwrap_or(&target.folder);
    let name = target.real.file_name().unwrap_or_default().to_string_lossy();
    let path = directory.join(format!(".{name}.{}.kubeconfig-old", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    let written = file.write_all(old).and_then(|()| file.sync_all());
    match written {
        Ok(()) => Ok(path),
        Err(error) => {
            drop(fs::remove_file(&path));
            Err(error)
        }
    }
}

/// Whether the folder for copies is there, made now if need be, for its owner alone.
fn is_there(directory: &Path) -> bool {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).is_ok()
}
