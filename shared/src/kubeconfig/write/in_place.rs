//! Writing over a file that can't be replaced, with a copy of it kept until that is done.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{
    anonymous_file::{give_name, open_anonymous},
    lock::reason,
    names::Names,
    target::{Target, failure},
};
use crate::{Error, Result, output::ShellCommand};

/// Writes `contents` over the target. The caller holds its locks.
pub(super) fn write(target: &Target, contents: &[u8], backup_directory: Option<&Path>) -> Result<()> {
    let failed = |error: io::Error| failure(&target.shown, "write", &error);
    let mut file = OpenOptions::new().read(true).write(true).open(&target.real).map_err(failed)?;
    let mut old = Vec::new();
    file.read_to_end(&mut old).map_err(failed)?;
    let kept = Kept::new(target, &old, backup_directory).map_err(failed)?;
    if let Err(error) = overwrite(&mut file, &old, contents) {
        // Back to what it was, as far as the disk lets us: the old bytes had room before.
        return Err(match overwrite(&mut file, &[], &old) {
            Ok(()) => {
                kept.remove();
                failed(error)
            }
            Err(_) => Error::kubeconfig(format!(
                "writing {} failed half-way: {}; its bytes are kept in {}",
                target.shown.display(),
                reason(&error),
                kept.path.display()
            ))
            .with_hint(put_back(&kept.path, &target.real)),
        });
    }
    kept.remove();
    Ok(())
}

/// Returns the command that puts the bytes of a kept copy back.
fn put_back(copy: &Path, file: &Path) -> String {
    ShellCommand::new(["cp"]).name(copy.to_string_lossy()).name(file.to_string_lossy()).to_string()
}

/// Writes only from the first byte that differs, so that a reader meets as little of it as can be.
fn overwrite(file: &mut File, old: &[u8], new: &[u8]) -> io::Result<()> {
    let same = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    file.seek(SeekFrom::Start(same as u64))?;
    file.write_all(&new[same..])?;
    file.set_len(new.len() as u64)?;
    file.sync_all()
}

/// A copy of the old bytes. While it is held, an advisory lock tells others that its process runs.
struct Kept {
    path: PathBuf,
    _file: File,
}

impl Kept {
    /// Keeps a copy, which gets its name when it is complete: what has the name can be put back, whenever this process
    /// is killed.
    fn new(target: &Target, old: &[u8], directory: Option<&Path>) -> io::Result<Self> {
        let directory = directory.filter(|directory| is_there(directory)).unwrap_or(&target.folder);
        let names = Names::of_copies(&target.real, directory);
        if let Some(file) = open_anonymous(directory) {
            let signed = file.try_lock().is_ok();
            fill(&file, old)?;
            // There is no way to a name without /proc, or without hard links.
            if let Ok(((), path)) = names.make(signed, |path| give_name(&file, path)) {
                return Ok(Self { path, _file: file });
            }
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let parts = Names::of_parts(&target.real, directory);
        let (file, part) = parts.make(true, |path| options.open(path))?;
        let signed = file.try_lock().is_ok();
        let named = fill(&file, old).and_then(|()| {
            // Nothing has the name, nor gets it from anybody else: this process is in it, and a number of its own.
            names.make(signed, |path| fs::rename(&part, path))
        });
        match named {
            Ok(((), path)) => Ok(Self { path, _file: file }),
            Err(error) => {
                drop(fs::remove_file(&part));
                Err(error)
            }
        }
    }

    /// Removes it once it is not needed any more.
    fn remove(self) {
        drop(fs::remove_file(&self.path));
    }
}

fn fill(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// Tells whether the folder for copies is there, after making it if need be, for its owner alone.
fn is_there(directory: &Path) -> bool {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).is_ok()
}
