//! The state folder of a plugin: small records that survive the end of a run, and a kill.
//!
//! A folder below `$XDG_STATE_HOME`, never in `~/.kube`, where tools take any file for a kubeconfig. A file's name has a
//! hash of the record's key, so that no name typed by a user can lead out of the folder or collide with another's; the
//! key itself is stored inside.

use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use xxhash_rust::xxh3::xxh3_128;

use crate::regular_file::{open_private, open_regular};

/// The state folder of one plugin.
#[derive(Clone, Debug)]
pub struct Store {
    /// None where the environment names no place for it.
    folder: Option<PathBuf>,
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
        let absolute = |variable| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || absolute(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        let state_home = absolute("XDG_STATE_HOME").or_else(|| Some(home()?.join(".local").join("state")));
        match state_home {
            Some(state_home) => Self::at(&state_home, name),
            // Never in the folder one happens to be in.
            None => Self { folder: None, read_only: false },
        }
    }

    /// Returns the store of a plugin below this state folder.
    pub fn at(state_home: &Path, name: &str) -> Self {
        Self::in_folder(state_home.join(format!("kubectl-{name}")))
    }

    /// Returns the store that keeps its records in this very folder.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder), read_only: false }
    }

    /// Returns the same store, which ignores everything it is asked to remember or forget: for a dry run.
    pub fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// Returns the folder; none where neither XDG_STATE_HOME nor HOME names an absolute path.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Reads the record of this kind under this key. A file that is missing, damaged or written for another key counts
    /// as no record.
    pub fn recall<K, T>(&self, kind: &str, key: &K) -> Option<T>
    where
        K: Serialize + DeserializeOwned + PartialEq,
        T: DeserializeOwned,
    {
        let file = open_regular(&self.file(kind, key)?).ok()?;
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
        let Some(folder) = &self.folder else {
            return Err(io::Error::other("neither XDG_STATE_HOME nor HOME is set to an absolute path"));
        };
        let path =
            self.file(kind, key).ok_or_else(|| io::Error::other("the key can't be written as JSON"))?;
        let mut file = match open_private(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create_private_folder(folder)?;
                open_private(&path)
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
        Some(self.folder.as_ref()?.join(format!("{kind}-{hash:032x}.json")))
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

#[cfg(test)]
mod tests;
