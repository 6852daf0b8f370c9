//! What the process's surroundings say about kubeconfig files, as plain values.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{Error, Result};

/// The surroundings that decide which kubeconfig files are read. Tests make their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `$KUBECONFIG`; empty means the same as unset.
    pub kubeconfig: Option<OsString>,
    /// The home directory as client-go's `homedir.HomeDir` finds it; empty where there is none.
    pub home: PathBuf,
    /// The directory relative paths start from.
    pub current_directory: PathBuf,
}

impl Environment {
    /// The surroundings of this process. Fails where the current directory no longer exists.
    pub fn from_process() -> Result<Self> {
        let current_directory = env::current_dir().map_err(|error| {
            Error::new(format!("the current directory can't be determined: {error}"))
                .with_hint("change to a directory that exists")
        })?;
        Ok(Self {
            kubeconfig: env::var_os("KUBECONFIG"),
            home: home_directory(),
            current_directory: prefer_spelling_of_shell(current_directory),
        })
    }
}

/// `$PWD` where it names the same directory, as Go's `os.Getwd`: symlinks stay as the user walked them.
fn prefer_spelling_of_shell(physical: PathBuf) -> PathBuf {
    let logical = env::var_os("PWD").map(PathBuf::from).filter(|path| path.is_absolute());
    let same = |left: &Path, right: &Path| matches!((left.canonicalize(), right.canonicalize()), (Ok(left), Ok(right)) if left == right);
    logical.filter(|logical| same(logical, &physical)).unwrap_or(physical)
}

#[cfg(not(windows))]
fn home_directory() -> PathBuf {
    env::var_os("HOME").map(PathBuf::from).unwrap_or_default()
}

#[cfg(windows)]
fn home_directory() -> PathBuf {
    let candidates = WindowsHomes {
        home: env::var_os("HOME").map(PathBuf::from),
        drive_and_path: env::var_os("HOMEDRIVE").zip(env::var_os("HOMEPATH")).map(|(mut drive, path)| {
            drive.push(path);
            PathBuf::from(drive)
        }),
        user_profile: env::var_os("USERPROFILE").map(PathBuf::from),
    };
    let writable = |path: &Path| path.metadata().is_ok_and(|metadata| !metadata.permissions().readonly());
    candidates.choose(|path| path.exists(), writable)
}

/// The three places Windows may call home.
#[cfg(any(windows, test))]
struct WindowsHomes {
    home: Option<PathBuf>,
    drive_and_path: Option<PathBuf>,
    user_profile: Option<PathBuf>,
}

#[cfg(any(windows, test))]
impl WindowsHomes {
    /// client-go's order (`util/homedir/homedir.go`): the first that holds `.kube\config`, then the first that
    /// exists and can be written, then the first that exists, then the first that is set. `USERPROFILE` comes
    /// before `HOMEDRIVE` and `HOMEPATH` except when looking for the file.
    fn choose(self, exists: impl Fn(&Path) -> bool, writable: impl Fn(&Path) -> bool) -> PathBuf {
        let set = |path: &Option<PathBuf>| path.clone().filter(|path| !path.as_os_str().is_empty());
        let (home, drive, profile) = (set(&self.home), set(&self.drive_and_path), set(&self.user_profile));
        let by_file = [&home, &drive, &profile].into_iter().flatten();
        if let Some(found) = by_file.clone().find(|path| exists(&path.join(".kube").join("config"))) {
            return found.clone();
        }
        let by_use: Vec<&PathBuf> = [&home, &profile, &drive].into_iter().flatten().collect();
        let found = by_use
            .iter()
            .find(|path| exists(path) && writable(path))
            .or_else(|| by_use.iter().find(|path| exists(path)))
            .or_else(|| by_use.first());
        found.map(|path| path.to_path_buf()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn homes() -> WindowsHomes {
        WindowsHomes {
            home: Some("home".into()),
            drive_and_path: Some("drive".into()),
            user_profile: Some("profile".into()),
        }
    }

    #[test]
    fn windows_prefers_the_home_that_holds_the_file() {
        let config = Path::new("drive").join(".kube").join("config");
        assert_eq!(homes().choose(|path| path == config, |_| true), Path::new("drive"));
    }

    #[test]
    fn windows_then_takes_one_that_can_be_written() {
        let is = |name: &'static str| move |path: &Path| path == Path::new(name);
        assert_eq!(homes().choose(is("profile"), |_| true), Path::new("profile"));
        assert_eq!(
            homes().choose(|path| !path.ends_with("config"), is("drive")),
            Path::new("drive"),
            "home and profile exist but can't be written"
        );
    }

    #[test]
    fn windows_then_takes_one_that_exists_or_is_set() {
        assert_eq!(homes().choose(|path| path == Path::new("drive"), |_| false), Path::new("drive"));
        assert_eq!(homes().choose(|_| false, |_| false), Path::new("home"));
        let none = WindowsHomes { home: Some("".into()), drive_and_path: None, user_profile: None };
        assert_eq!(none.choose(|_| false, |_| false), Path::new(""));
    }
}
