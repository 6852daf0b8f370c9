//! The executables that a release is made of: a folder for each platform, named like `linux-amd64`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use shared::{Error, Result};

use crate::platform::{Platform, RELEASED};

/// The executables of one platform.
#[derive(Clone, Debug)]
pub struct PlatformFolder {
    pub platform: Platform,
    pub folder: PathBuf,
}

impl PlatformFolder {
    /// Returns the path of a plugin's executable.
    pub fn executable(&self, plugin: &str) -> PathBuf {
        self.folder.join(self.platform.executable(plugin))
    }
}

/// Returns the platforms of a folder, in the order of releases, each with all plugins.
pub fn platforms(folder: &Path, plugins: &[&str]) -> Result<Vec<PlatformFolder>> {
    let failed = |error| {
        Error::new(format!("can't read the executables in {}: {error}", folder.display()))
            .with_hint("name a folder that has one for each platform, such as linux-amd64/kubectl-quota")
    };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if !RELEASED.iter().any(|platform| name == platform.folder().as_str()) {
            let known: Vec<_> = RELEASED.iter().map(|platform| platform.folder()).collect();
            return Err(Error::new(format!("{} is not a platform of releases", folder.join(name).display()))
                .with_hint(format!("the folders are called {}", known.join(", "))));
        }
    }
    let present: Vec<_> = RELEASED
        .into_iter()
        .map(|platform| PlatformFolder { platform, folder: folder.join(platform.folder()) })
        .filter(|found| found.folder.is_dir())
        .collect();
    let paths = present.iter().flat_map(|found| plugins.iter().map(|plugin| found.executable(plugin)));
    for path in paths {
        if !path.is_file() {
            return Err(Error::new(format!("there is no {}", path.display()))
                .with_hint("every platform needs the executables of all plugins"));
        }
    }
    match present.is_empty() {
        true => Err(Error::new(format!("there are no executables in {}", folder.display()))
            .with_hint("it needs a folder for each platform, such as linux-amd64/kubectl-quota")),
        false => Ok(present),
    }
}

/// Returns the platform that can run on this machine.
pub fn runnable(platforms: &[PlatformFolder]) -> Result<&PlatformFolder> {
    platforms.iter().find(|found| found.platform.is_here()).ok_or_else(|| {
        Error::new("none of the executables runs on this machine, which has to print the manual pages")
            .with_hint("add the executables of this machine's platform, such as linux-amd64")
    })
}
