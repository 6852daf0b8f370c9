//! A record of what a long command did, a JSON document a line, that a kill can cut short but not damage.

use std::{
    fs::{self, File},
    io::{self, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::private_folder;
use crate::regular_file::open_private;

/// A file that only grows, for its owner alone.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
}

impl Journal {
    /// Opens a journal in a folder below `parent`, both made where they are missing, or goes on with the one there.
    ///
    /// # Errors
    /// The folders or the file can't be made, or are not this user's alone.
    pub fn open(parent: &Path, folder: &str, file: &str) -> io::Result<Self> {
        fs::create_dir_all(parent.parent().unwrap_or(parent))?;
        private_folder(parent)?;
        let folder = parent.join(folder);
        private_folder(&folder)?;
        let path = folder.join(file);
        let mut file = open_private(&path)?;
        // A line that a kill has cut short ends here, and the next begins on its own.
        if file.seek(SeekFrom::End(0))? > 0 && !ends_with_a_line(&path)? {
            file.write_all(b"\n")?;
        }
        Ok(Self { file, path })
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a line. What was added is there whatever happens to this process; a computer that loses its power may lose
    /// the last lines.
    ///
    /// # Errors
    /// It can't be written.
    pub fn append(&mut self, entry: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry).map_err(io::Error::other)?;
        line.push(b'\n');
        // In one piece.
        self.file.write_all(&line)
    }
}

fn ends_with_a_line(path: &Path) -> io::Result<bool> {
    Ok(crate::regular_file::read(path)?.ends_with(b"\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_and_a_cut_one_stays_alone() {
        let state = tempfile::tempdir().unwrap();
        let parent = state.path().join("share").join("kubectl-example");
        let open = || Journal::open(&parent, "run-1", "journal.jsonl").unwrap();
        let mut journal = open();
        journal.append(&serde_json::json!({"seq": 1})).unwrap();
        journal.file.write_all(b"{\"seq\": 2, \"ev").unwrap();
        let mut journal = open();
        journal.append(&serde_json::json!({"seq": 3})).unwrap();
        let text = fs::read_to_string(journal.path()).unwrap();
        assert_eq!(text, "{\"seq\":1}\n{\"seq\": 2, \"ev\n{\"seq\":3}\n");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let state = tempfile::tempdir().unwrap();
        let parent = state.path().join("kubectl-example");
        let journal = Journal::open(&parent, "run-1", "journal.jsonl").unwrap();
        for (path, mode) in [(&*parent, 0o700), (&parent.join("run-1"), 0o700), (journal.path(), 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{path:?}");
        }
        fs::set_permissions(&parent, fs::Permissions::from_mode(0o777)).unwrap();
        assert!(Journal::open(&parent, "run-1", "journal.jsonl").is_err(), "others may write");
    }
}
