//! Which kubeconfig files are read.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::Environment;

/// The files of one load, in order of precedence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KubeconfigFiles {
    /// `--kubeconfig FILE`: this file alone, and it must exist.
    Explicit(PathBuf),
    /// `$KUBECONFIG`: all of them, merged; missing ones are skipped.
    Listed(Vec<PathBuf>),
    /// Neither: `~/.kube/config`, which may be missing.
    Default(PathBuf),
}

impl KubeconfigFiles {
    /// The files in order of precedence, spelled as the user spelled them.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Explicit(path) | Self::Default(path) => std::slice::from_ref(path),
            Self::Listed(paths) => paths,
        }
    }
}

/// Decides which files are read from the `--kubeconfig` flag and the surroundings, without touching the disk.
///
/// The rules of client-go's `NewDefaultClientConfigLoadingRules` (`tools/clientcmd/loader.go`): an empty flag or
/// variable counts as unset, the list is split as a `PATH` is and deduplicated by spelling, empty elements are
/// skipped, neither `~` nor `$VARIABLES` are expanded, and a list never merges with `~/.kube/config`.
pub fn kubeconfig_files(flag: Option<&Path>, environment: &Environment) -> KubeconfigFiles {
    if let Some(path) = flag.filter(|path| !path.as_os_str().is_empty()) {
        return KubeconfigFiles::Explicit(path.to_path_buf());
    }
    let Some(list) = environment.kubeconfig.as_ref().filter(|list| !list.is_empty()) else {
        return KubeconfigFiles::Default(environment.home.join(".kube").join("config"));
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in env::split_paths(list) {
        // Comparing as text: `Path`s are equal where they are spelled differently (`a/./b`).
        let seen = paths.iter().any(|earlier| earlier.as_os_str() == path.as_os_str());
        if !seen && !path.as_os_str().is_empty() {
            paths.push(path);
        }
    }
    KubeconfigFiles::Listed(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(flag: Option<&str>, kubeconfig: Option<&str>) -> KubeconfigFiles {
        let environment = Environment {
            kubeconfig: kubeconfig.map(Into::into),
            home: "/home/me".into(),
            current_directory: "/work".into(),
        };
        kubeconfig_files(flag.map(Path::new), &environment)
    }

    #[test]
    fn the_flag_wins_alone() {
        assert_eq!(files(Some("x"), Some("/a:/b")), KubeconfigFiles::Explicit("x".into()));
    }

    #[test]
    fn an_empty_flag_or_variable_counts_as_unset() {
        let default = KubeconfigFiles::Default("/home/me/.kube/config".into());
        assert_eq!(files(Some(""), None), default);
        assert_eq!(files(None, Some("")), default);
        assert_eq!(files(None, None), default);
    }

    #[cfg(unix)]
    #[test]
    fn a_list_is_split_and_deduplicated_by_spelling() {
        let listed = |paths: &[&str]| KubeconfigFiles::Listed(paths.iter().map(Into::into).collect());
        let check = |list, paths: &[&str]| {
            let found = files(None, Some(list));
            assert_eq!(found, listed(paths), "{list}");
            let spelled: Vec<_> = found.paths().iter().map(|path| path.to_str().unwrap()).collect();
            assert_eq!(spelled, paths, "{list}");
        };
        check("/b:/a:/b", &["/b", "/a"]);
        check(":/a::", &["/a"]);
        check(":", &[]);
        check("~/a:$HOME/b:rel", &["~/a", "$HOME/b", "rel"]);
        check("/p/a:/p/./a:/p//a", &["/p/a", "/p/./a", "/p//a"]);
        check("\"/a:b\"", &["\"/a", "b\""]);
    }

    #[test]
    fn without_a_home_the_default_is_relative() {
        let files = kubeconfig_files(None, &Environment::default());
        assert_eq!(files, KubeconfigFiles::Default(".kube/config".into()));
    }
}
