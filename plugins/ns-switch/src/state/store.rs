//! The folder of remembered things.

use std::{
    env, fs, io,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::Place;

/// A temporary file as old as this belongs to a run that was killed.
const UNFINISHED: Duration = Duration::from_secs(60);

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
        let bytes = fs::read(self.file(kind, place)).ok()?;
        let record: Record<T> = serde_json::from_slice(&bytes).ok()?;
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
        create_private_folder(&self.folder)?;
        // The name of the temporary file is this process's own: of two switches at once one wins, whole.
        let target = self.file(kind, place);
        let temporary = target.with_extension(format!("{}.tmp", std::process::id()));
        let written = private_file(&temporary)
            .and_then(|mut file| file.write_all(&text))
            .and_then(|()| fs::rename(&temporary, &target));
        if written.is_err() {
            // It may not even exist.
            drop(fs::remove_file(&temporary));
        }
        written
    }

    /// Forgets what is remembered of a place.
    pub fn forget(&self, kind: &str, place: &Place) {
        if !self.frozen {
            // What is not there is forgotten.
            drop(fs::remove_file(self.file(kind, place)));
        }
    }

    /// Temporary files that nobody will rename any more: a run takes no minute between the two.
    pub fn unfinished(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let is_old = |path: &PathBuf| {
            let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
            modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > UNFINISHED))
        };
        let paths = entries.flatten().map(|entry| entry.path());
        paths.filter(|path| path.extension().is_some_and(|end| end == "tmp") && is_old(path)).collect()
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
fn private_file(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<fs::File> {
    fs::File::create(path)
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
        store.forget("previous", &place("a"));
        assert_eq!(store.recall::<Previous>("previous", &place("a")), None);
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
