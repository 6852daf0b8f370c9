//! The folder of remembered things.

use std::{
    env,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::Place;

/// The folder and how its files are read and written.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    frozen: bool,
}

/// One file: what it is for, and what is remembered.
#[derive(Serialize, Deserialize)]
struct Record<T> {
    place: Place,
    #[serde(flatten)]
    remembered: T,
}

impl Store {
    /// The user's folder by the XDG base directory specification. It need not exist.
    pub fn of_user() -> Self {
        let state_home = env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || env::var_os("HOME").map(PathBuf::from).unwrap_or_default().join(".local").join("state");
        Self::at(&state_home.unwrap_or_else(home))
    }

    /// The folder below this one.
    pub fn at(state_home: &Path) -> Self {
        Self { folder: state_home.join("kubectl-ns-switch"), frozen: false }
    }

    /// The same, in which nothing is remembered and nothing forgotten any more.
    pub fn frozen(self) -> Self {
        Self { frozen: true, ..self }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is remembered of a place; nothing where there is no such file, or one that says something else.
    pub fn recall<T: DeserializeOwned>(&self, kind: &str, place: &Place) -> Option<T> {
        let file = File::open(self.file(kind, place)).ok()?;
        drop(file.lock_shared());
        let bytes = io::read_to_string(file).ok()?;
        // The rest of what was there before may follow, if its writer was killed.
        let mut records = serde_json::Deserializer::from_str(&bytes).into_iter::<Record<T>>();
        let record = records.next()?.ok()?;
        (record.place == *place).then_some(record.remembered)
    }

    /// Remembers something of a place, instead of what was remembered before.
    ///
    /// # Errors
    /// The folder or file can't be written; a reason to say so, not to fail.
    pub fn remember<T: Serialize>(&self, kind: &str, place: &Place, remembered: &T) -> io::Result<()> {
        if self.frozen {
            return Ok(());
        }
        let record = Record { place: place.clone(), remembered };
        let text = serde_json::to_vec(&record).map_err(io::Error::other)?;
        let path = self.file(kind, place);
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

    /// Forgets what is remembered of a place.
    pub fn forget(&self, kind: &str, place: &Place) {
        if !self.frozen {
            // What is not there is forgotten.
            drop(fs::remove_file(self.file(kind, place)));
        }
    }

    fn file(&self, kind: &str, place: &Place) -> PathBuf {
        self.folder.join(format!("{kind}-{}", place.file_name()))
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
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use shared::kubeconfig::{Environment, KubeconfigFiles};

    use super::{super::Previous, *};

    fn place(context: &str) -> Place {
        Place::of_files(&KubeconfigFiles::Listed(vec!["/k".into()]), &Environment::default())
            .of_context(context)
    }

    #[test]
    fn what_is_remembered_comes_back_for_its_place_only() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let shop = Previous { namespace: Some("shop".into()) };
        assert_eq!(store.recall::<Previous>("previous", &place("a")), None);
        store.remember("previous", &place("a"), &shop).unwrap();
        assert_eq!(store.recall("previous", &place("a")), Some(shop.clone()));
        assert_eq!(store.recall::<Previous>("previous", &place("b")), None);
        assert_eq!(store.recall::<Previous>("undo", &place("a")), None);
        let modes: Vec<u32> = fs::read_dir(store.folder())
            .unwrap()
            .map(|entry| entry.unwrap().metadata().unwrap().permissions().mode() & 0o777)
            .collect();
        assert_eq!(modes, [0o600]);
        assert_eq!(fs::metadata(store.folder()).unwrap().permissions().mode() & 0o777, 0o700);
        let frozen = store.clone().frozen();
        frozen.forget("previous", &place("a"));
        frozen.remember("previous", &place("a"), &Previous { namespace: None }).unwrap();
        assert_eq!(frozen.recall("previous", &place("a")), Some(shop));
        let none = Previous { namespace: None };
        store.remember("previous", &place("a"), &none).unwrap();
        assert_eq!(store.recall("previous", &place("a")), Some(none));
        store.forget("previous", &place("a"));
        assert_eq!(store.recall::<Previous>("previous", &place("a")), None);
    }

    #[test]
    fn a_writer_that_was_killed_before_it_cut_the_rest_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let (long, short) = (Previous { namespace: Some("x".repeat(60)) }, Previous { namespace: None });
        store.remember("previous", &place("a"), &long).unwrap();
        let file = store.file("previous", &place("a"));
        let before = fs::read(&file).unwrap();
        store.remember("previous", &place("a"), &short).unwrap();
        let after = fs::read(&file).unwrap();
        fs::write(&file, [&after[..], &before[after.len()..]].concat()).unwrap();
        assert_eq!(store.recall("previous", &place("a")), Some(short));
    }

    #[test]
    fn nonsense_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        store.remember("previous", &place("a"), &Previous { namespace: None }).unwrap();
        let file = fs::read_dir(store.folder()).unwrap().next().unwrap().unwrap().path();
        for text in ["", "{", "[]", "{\"place\": {\"files\": [], \"context\": null}, \"namespace\": \"x\"}"] {
            fs::write(&file, text).unwrap();
            assert_eq!(store.recall::<Previous>("previous", &place("a")), None, "{text}");
        }
    }
}
