//! A file that gets its name when it is complete.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::object_files::private_file;

/// A file beside the one it becomes. It is removed where it does not become that.
pub struct PartFile {
    file: File,
    path: PathBuf,
    is_complete: bool,
}

impl PartFile {
    /// Creates the file that becomes `path`.
    ///
    /// # Errors
    /// A file that can't be made.
    pub fn create(path: &Path) -> io::Result<Self> {
        let path = path.with_added_extension("part");
        Ok(Self { file: private_file(&path)?, path, is_complete: false })
    }

    /// Adds to the file.
    ///
    /// # Errors
    /// A disk that is full, or fails.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Brings everything to the disk, and gives the file its name.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn complete(mut self, path: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, path)?;
        self.is_complete = true;
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            // Only then the name is there after a power failure, too.
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.is_complete {
            // There is nowhere to report that.
            let _ = fs::remove_file(&self.path);
        }
    }
}
