//! Names of temporary files, which tell what they are for and which process made them.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime},
};

use super::writer::Writer;
use crate::regular_file::open_regular;

/// Ends the names of new files, so that they can be told from everything else.
const NEW: &str = ".kubeconfig-new";

/// Ends the names of copies.
const OLD: &str = ".kubeconfig-old";

/// Ends the names of copies that are not complete.
const PART: &str = ".kubeconfig-part";

/// Stands in the name for a process that can't sign: the file system knows no advisory locks.
const UNSIGNED: &str = "unsigned";

/// Where a file can't tell whether its process still runs, no process works on it for so long.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

/// A temporary file that is there, of a running process or of a killed one.
#[derive(Debug)]
pub(super) struct TemporaryFile {
    pub path: PathBuf,
    pub metadata: Metadata,
    /// Who made it; none where the file system can't tell whether that process still runs.
    pub writer: Option<Writer>,
}

impl TemporaryFile {
    /// Tells whether its process was killed.
    pub fn is_abandoned(&self) -> bool {
        match &self.writer {
            Some(writer) => open_regular(&self.path).is_ok_and(|file| writer.is_gone(&file)),
            None => {
                let modified = self.metadata.modified().ok();
                let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
                age.is_some_and(|age| age > ABANDONED)
            }
        }
    }
}

/// The names of one kind of temporary files of a target: `.config.WRITER.NUMBER.kubeconfig-new`.
#[derive(Clone, Debug)]
pub(super) struct Names {
    folder: PathBuf,
    prefix: OsString,
    suffix: &'static str,
}

impl Names {
    /// Returns the names of new files, which stand beside their target.
    pub fn of_new(target: &Path) -> Self {
        let folder = target.parent().unwrap_or(Path::new("/")).to_path_buf();
        Self { folder, prefix: prefix(target), suffix: NEW }
    }

    /// Returns the names of copies of a target. They may stand in any folder, beside those of other files of the same
    /// name, so a hash of the whole path is among them.
    pub fn of_copies(target: &Path, folder: &Path) -> Self {
        let hash = xxhash_rust::xxh3::xxh3_64(target.as_os_str().as_encoded_bytes());
        let mut prefix = prefix(target);
        prefix.push(format!("{hash:016x}."));
        Self { folder: folder.to_path_buf(), prefix, suffix: OLD }
    }

    /// Returns the names of copies that are still being written.
    pub fn of_parts(target: &Path, folder: &Path) -> Self {
        Self { suffix: PART, ..Self::of_copies(target, folder) }
    }

    /// Makes something under a name that nothing has yet. `signed` says that whoever finds it can tell from its
    /// advisory lock whether this process still runs.
    pub fn make<T>(
        &self,
        signed: bool,
        mut make: impl FnMut(&Path) -> io::Result<T>,
    ) -> io::Result<(T, PathBuf)> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let writer = match signed {
            true => Writer::this().to_string(),
            false => format!("{UNSIGNED}-{}", std::process::id()),
        };
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let mut name = self.prefix.clone();
            name.push(format!("{writer}.{number}{}", self.suffix));
            let path = self.folder.join(name);
            match make(&path) {
                Ok(made) => return Ok((made, path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns all files that have such a name, of running processes or of killed ones.
    pub fn present(&self) -> Vec<TemporaryFile> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let found = entries.flatten().filter_map(|entry| {
            let name = entry.file_name();
            let signature = self.signature(name.as_encoded_bytes())?;
            let writer = signature.parse().ok();
            if writer.is_none() && !signature.starts_with(UNSIGNED) {
                return None;
            }
            Some(TemporaryFile { path: entry.path(), metadata: entry.metadata().ok()?, writer })
        });
        found.collect()
    }

    /// Returns what stands between the target's name and the number.
    fn signature<'name>(&self, name: &'name [u8]) -> Option<&'name str> {
        let middle = name.strip_prefix(self.prefix.as_encoded_bytes())?;
        let middle = middle.strip_suffix(self.suffix.as_bytes())?;
        let (signature, number) = std::str::from_utf8(middle).ok()?.rsplit_once('.')?;
        number.parse::<u32>().is_ok().then_some(signature)
    }
}

fn prefix(target: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or(OsStr::new("config")));
    name.push(".");
    name
}
