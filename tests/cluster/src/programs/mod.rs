//! The programs of the control plane: where they are, and how they get there.

mod build;
mod extra;
mod go;
mod module;
mod release;

use crate::error::{Error, Result};
use std::env;
use std::path::{Path, PathBuf};

pub use extra::build_program;
pub use module::{CACHE_FOLDER, GoModule, ModuleFile, cache_root};
use release::Release;

/// A folder with the programs in it.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
}

/// What stands in the folder, in the order in which it is built.
pub const NAMES: [&str; 7] =
    ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl", "kwok", "etcdutl"];

/// Those that are no part of a release of Kubernetes: always of the newest, and none of them is in envtest's sets.
const EXTRA: [&str; 2] = ["kwok", "etcdutl"];

impl Programs {
    /// The folder named by `KUBEBUILDER_ASSETS` if that is set, as envtest does; else our own build, of the release
    /// that `CONTROL_PLANE_VERSION` names, which is made first if it is not there yet.
    pub fn find_or_build() -> Result<Self> {
        match (env::var_os("KUBEBUILDER_ASSETS").filter(|folder| !folder.is_empty()), Release::asked_for()) {
            (Some(folder), Some(version)) => Err(Error::new(format!(
                "KUBEBUILDER_ASSETS is {} and CONTROL_PLANE_VERSION is {version}: unset one, since ready-made programs have a version of their own",
                Path::new(&folder).display()
            ))),
            (Some(folder), None) => Self::ready_made(Path::new(&folder)),
            (None, _) => build::find_or_build(Release::wanted()?).map(|folder| Self { folder }),
        }
    }

    /// A set that somebody else built. kwok and etcdutl do not belong to envtest's sets, so they may be missing until they
    /// are needed, see [`Programs::extra`].
    fn ready_made(folder: &Path) -> Result<Self> {
        for name in NAMES.iter().filter(|name| !EXTRA.contains(name)) {
            if !folder.join(name).is_file() {
                return Err(missing(name, folder));
            }
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// The folder, to be put on a PATH.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of a program.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The path of kwok or etcdutl, which a ready-made set may lack.
    pub fn extra(&self, name: &str) -> Result<PathBuf> {
        let path = self.path(name);
        if path.is_file() { Ok(path) } else { Err(missing(name, &self.folder)) }
    }
}

/// The version of Kubernetes that is built, such as `v1.37.2`.
pub fn kubernetes_version() -> &'static str {
    Release::wanted().unwrap_or_else(|_| Release::newest()).version()
}

fn missing(name: &str, folder: &Path) -> Error {
    let folder = folder.display();
    Error::new(format!(
        "KUBEBUILDER_ASSETS is {folder}, but there is no {name} in it: add it, or unset KUBEBUILDER_ASSETS to build all programs from source"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_ready_made_set_may_lack_only_what_no_release_has_and_that_until_it_is_needed() {
        let folder = tempfile::tempdir().unwrap();
        for name in NAMES.iter().filter(|name| !EXTRA.contains(name)) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let programs = Programs::ready_made(folder.path()).unwrap();
        assert_eq!(programs.folder(), folder.path());
        let expected = format!(
            "KUBEBUILDER_ASSETS is {}, but there is no kwok in it: add it, or unset KUBEBUILDER_ASSETS to build all programs from source",
            folder.path().display()
        );
        assert_eq!(programs.extra("kwok").unwrap_err().to_string(), expected);
        fs::write(folder.path().join("kwok"), "").unwrap();
        assert_eq!(programs.extra("kwok").unwrap(), folder.path().join("kwok"));
    }

    #[test]
    fn a_missing_program_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in NAMES.iter().filter(|name| **name != "kube-scheduler") {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let error = Programs::ready_made(folder.path()).unwrap_err().to_string();
        assert!(error.contains("there is no kube-scheduler in it"), "{error}");
    }
}
