//! From a path to names and bytes.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::{Error, Result};

/// What messages call standard input.
pub(super) const STANDARD_INPUT: &str = "standard input";

/// What a path leads to.
pub(super) struct Source {
    /// The content of a file, of every file in a folder, or of standard input, each with its name, or why there is none.
    pub files: Vec<(String, Result<Vec<u8>>)>,
    /// When the newest of the files was written; `None` for standard input.
    pub written: Option<SystemTime>,
}

/// Reads a file, every file in a folder, or standard input.
pub(super) fn read(path: &Path) -> Result<Source> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(Path::new(STANDARD_INPUT), &error))?;
        return Ok(Source { files: vec![(STANDARD_INPUT.to_owned(), Ok(bytes))], written: None });
    }
    let mut unread = Vec::new();
    let files = match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            let mut files = Vec::new();
            unread = find(path, &mut files)?;
            if files.is_empty() {
                if let Some((_, error)) = unread.pop() {
                    return Err(error);
                }
                return Err(Error::new(format!("no .yaml, .yml or .json file in {}", path.display())));
            }
            files
        }
        Ok(_) => vec![path.to_owned()],
        Err(error) => return Err(unreadable(path, &error)),
    };
    let written = files.iter().filter_map(|file| written(file)).max();
    let read = files
        .into_iter()
        .map(|file| (file.display().to_string(), fs::read(&file).map_err(|error| unreadable(&file, &error))));
    let unread = unread.into_iter().map(|(name, error)| (name, Err(error)));
    let mut read: Vec<_> = read.chain(unread).collect();
    // Beside others an empty file holds nothing, to kubectl as well; templates and must-gather leave them behind.
    let is_blank = |(_, bytes): &(String, Result<Vec<u8>>)| {
        bytes.as_ref().is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace))
    };
    if !read.iter().all(is_blank) {
        read.retain(|file| !is_blank(file));
    }
    Ok(Source { files: read, written })
}

/// Returns when a file was last written, where the system knows it. A pipe has no such time.
pub(super) fn written(file: &Path) -> Option<SystemTime> {
    let metadata = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    metadata.modified().ok()
}

/// Adds the files below a folder, in the order of their names, and returns the folders in it that can't be read. Folders are
/// not followed through links: they may lead in a circle.
fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<Vec<(String, Error)>> {
    let mut unread = Vec::new();
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = entries.map_err(|error| unreadable(folder, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| unreadable(&path, &error))?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        } else if kind.is_dir() {
            match find(&path, files) {
                Ok(inner) => unread.extend(inner),
                Err(error) => unread.push((path.display().to_string(), error)),
            }
        } else if has_extension(&path) && fs::metadata(&path).map_or(true, |found| found.is_file()) {
            // A link that leads nowhere is told of where it is read.
            files.push(path);
        }
    }
    Ok(unread)
}

fn has_extension(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let name = path.to_string_lossy();
    if ["http://", "https://"].iter().any(|scheme| name.starts_with(scheme)) {
        return Error::new(format!("{name} is not a file: nothing is fetched from elsewhere"))
            .with_hint("fetch it with `curl -fsSL`, and give - for standard input");
    }
    Error::new(match error.kind() {
        io::ErrorKind::NotFound => {
            return Error::new(format!("{} does not exist", path.display()))
                .with_hint("name a file or a folder that is there, or - for standard input");
        }
        io::ErrorKind::PermissionDenied => format!("{} may not be read: permission denied", path.display()),
        _ => format!("{} can't be read: {error}", path.display()),
    })
}
