//! The folder that files are written to, which only its owner can read.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde_json::Value;
use shared::{Error, Result, manifest::json::text, output::yaml};

use super::Item;

/// A folder that was empty, or was not there.
pub struct Folder {
    path: PathBuf,
    /// Whether it was made here, so that it goes again where nothing comes of it.
    is_new: bool,
}

impl Folder {
    /// Takes a folder that is empty, or makes it.
    ///
    /// # Errors
    /// A folder that holds something, or can't be made.
    pub fn take(path: &Path) -> Result<Self> {
        let shown = path.display();
        let is_new = match fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
            Ok(false) => false,
            Ok(true) => {
                return Err(
                    Error::new(format!("{shown} is not empty")).with_hint("name a new directory with --to")
                );
            }
            Err(_) => {
                make(path).map_err(|error| {
                    Error::new(format!("can't make the directory {shown}: {error}"))
                        .with_hint("name one with --to that you can write to")
                })?;
                true
            }
        };
        Ok(Self { path: path.to_owned(), is_new })
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it again, if it was made here and holds nothing.
    pub fn give_back(&self) {
        if self.is_new {
            // What holds something stays.
            let _ = fs::remove_dir(&self.path);
        }
    }

    /// Writes an object to a file of its own. The number keeps the order in which objects must be there.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn write(&self, number: usize, plural: &str, object: &Value) -> Result<Item> {
        let metadata = &object["metadata"];
        let (namespace, name) = (text(&metadata["namespace"]), text(&metadata["name"]));
        let part = |text: &str| text.replace(['/', ':', '\\'], "_");
        let file = match namespace {
            "" => PathBuf::from(format!("{number:05}-{plural}-{}.yaml", part(name))),
            namespace => {
                PathBuf::from(format!("{number:05}-{}-{plural}-{}.yaml", part(namespace), part(name)))
            }
        };
        self.write_text(&file, &yaml(object)?)?;
        Ok(Item {
            kind: text(&object["kind"]).to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            file,
        })
    }

    /// Writes a text to a file.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn write_text(&self, file: &Path, text: &str) -> Result<()> {
        let path = self.path.join(file);
        let written = private_file(&path).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| {
            Error::new(format!("can't write {}: {error}", path.display()))
                .with_hint("name a directory on a disk with room for it with --to")
        })
    }
}

/// Creates a file that only its owner can read: it may hold a Secret, and every object says something about its cluster.
///
/// # Errors
/// A file that is there, or can't be made.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn make(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}
