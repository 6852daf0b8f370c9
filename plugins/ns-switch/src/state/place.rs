//! The kubeconfig files and context that a record belongs to.

use serde::{Deserialize, Serialize};
use shared::kubeconfig::{Environment, KubeconfigFiles};

/// A list of kubeconfig files, or one context in it. Different lists have different records,
/// and one list has the same records however it is spelled: links and relative paths are resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    files: Vec<String>,
    context: Option<String>,
}

impl Place {
    /// Returns the place of the whole list.
    pub fn for_files(files: &KubeconfigFiles, environment: &Environment) -> Self {
        let mut names: Vec<String> = Vec::new();
        for path in files.paths() {
            let absolute = environment.current_directory.join(path);
            let real = absolute.canonicalize().unwrap_or(absolute).to_string_lossy().into_owned();
            if !names.contains(&real) {
                names.push(real);
            }
        }
        Self { files: names, context: None }
    }

    /// Returns the place of one context of the list.
    pub fn for_context(&self, context: &str) -> Self {
        Self { files: self.files.clone(), context: Some(context.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn place(paths: &[std::path::PathBuf]) -> Place {
        Place::for_files(&KubeconfigFiles::Listed(paths.to_vec()), &Environment::default())
    }

    #[test]
    fn spelling_does_not_matter_but_order_and_context_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "").unwrap();
        fs::write(path("b"), "").unwrap();
        assert_eq!(place(&[path("a"), path("./a")]), place(&[path("a")]));
        assert_ne!(place(&[path("a"), path("b")]), place(&[path("b"), path("a")]));
        let all = place(&[path("a")]);
        assert_ne!(all, all.for_context(""));
        assert_ne!(all.for_context("a"), all.for_context("a/b"));
        assert_ne!(all, place(&[path("b")]));
    }
}
