//! The state folder of a plugin: small records that survive the end of a run, and a kill.
//!
//! A folder below `$XDG_STATE_HOME`, never in `~/.kube`, where tools take any file for a kubeconfig. A file's name has a
//! hash of the record's key, so that no name typed by a user can lead out of the folder or collide with another's; the
//! key itself is stored inside.

use std::{
    env,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use xxhash_rust::xxh3::xxh3_128;

/// The state folder of one plugin.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    read_only: bool,
}

/// The content of one file.
#[derive(Serialize, Deserialize)]
struct Record<K, T> {
    key: K,
    #[serde(flatten)]
    value: T,
}

impl Store {
    /// Returns the store of the plugin with this name after `kubectl`, in the user's state folder by the XDG base
    /// directory specification. The folder need not exist.
    pub fn of_plugin(name: &str) -> Self {
        let state_home = env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || env::var_os("HOME").map(PathBuf::from).unwrap_or_default().join(".local").join("state");
        Self::at(&state_home.unwrap_or_else(home), name)
    }

    /// Returns the store of a plugin below this state folder.
    pub fn at(state_home: &Path, name: &str) -> Self {
        Self { folder: state_home.join(format!("kubectl-{name}")), read_only: false }
    }

    /// Returns the same store, which ignores everything it is asked to remember or forget: for a dry run.
    pub fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads the record of this kind under this key. A file that is missing, damaged or written for another key counts
    /// as no record.
    pub fn recall<K, T>(&self, kind: &str, key: &K) -> Option<T>
    where
        K: Serialize + DeserializeOwned + PartialEq,
        T: DeserializeOwned,
    {
        let file = File::open(self.file(kind, key)?).ok()?;
        drop(file.lock_shared());
        let bytes = io::read_to_string(file).ok()?;
        // The end of a longer record may follow, if its writer was killed.
        let mut records = serde_json::Deserializer::from_str(&bytes).into_iter::<Record<K, T>>();
        let record = records.next()?.ok()?;
        (record.key == *key).then_some(record.value)
    }

    /// Writes a record, in place of the earlier one of this kind and key.
    ///
    /// # Errors
    /// The folder or file can't be written; a reason to warn, not to fail.
    pub fn remember<K: Serialize, T: Serialize>(&self, kind: &str, key: &K, value: &T) -> io::Result<()> {
        if self.read_only {
            return Ok(());
        }
        let text = serde_json::to_vec(&Record { key, value }).map_err(io::Error::other)?;
        let path =
            self.file(kind, key).ok_or_else(|| io::Error::other("the key can't be written as JSON"))?;
        let mut file = match private_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create_private_folder(&self.folder)?;
                private_file(&path)
            }
            opened => opened,
        }?;
        // Where files can't be locked, the last of two switches at once wins.
        drop(file.lock());
        // Written over and cut, not replaced: where one file takes the place of another, ext4 writes the new one out at
        // once (`auto_da_alloc`), which takes longer than all the rest of remembering.
        file.write_all(&text)?;
        let length = text.len() as u64;
        // Most often it is as long as it was, and cutting is a change of its own to the file system.
        if file.metadata()?.len() == length { Ok(()) } else { file.set_len(length) }
    }

    /// Deletes the record of this kind and key, if there is one.
    pub fn forget<K: Serialize>(&self, kind: &str, key: &K) {
        if let Some(file) = self.file(kind, key).filter(|_| !self.read_only) {
            // A file that is missing is forgotten already.
            drop(fs::remove_file(file));
        }
    }

    /// Returns the file of a record.
    fn file<K: Serialize>(&self, kind: &str, key: &K) -> Option<PathBuf> {
        let hash = xxh3_128(&serde_json::to_vec(key).ok()?);
        Some(self.folder.join(format!("{kind}-{hash:032x}.json")))
    }
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().write(true).create(true).truncate(false).open(path)
}

#[cfg(test)]
mod tests;
