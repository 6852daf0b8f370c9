//! Kubeconfig files beside those of `KUBECONFIG`: globs in the settings.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use serde::Deserialize;

use super::Pattern;

/// The kubeconfig files that are listed beside those of `KUBECONFIG`, by globs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KubeconfigPaths {
    /// Paths, in which `*` and `?` stand for parts of names; `~/` is the home folder, where relative ones start, too.
    pub paths: Vec<String>,
}

impl KubeconfigPaths {
    /// Returns the files that exist, in the order of the globs and of their names. What is hidden or a lock is no kubeconfig.
    pub fn files(&self, home: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for glob in &self.paths {
            let glob = home.join(glob.strip_prefix("~/").unwrap_or(glob));
            for file in expand(&glob) {
                if !files.contains(&file) {
                    files.push(file);
                }
            }
        }
        files
    }
}

fn expand(glob: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for component in glob.components() {
        let name = component.as_os_str().to_string_lossy().into_owned();
        let is_glob = matches!(component, Component::Normal(_)) && name.contains(['*', '?']);
        match Pattern::try_from(name).ok().filter(|_| is_glob) {
            None => found.iter_mut().for_each(|path| path.push(component)),
            Some(pattern) => found = found.iter().flat_map(|folder| matching(folder, &pattern)).collect(),
        }
    }
    found.retain(|path| path.is_file() && path.extension().is_none_or(|extension| extension != "lock"));
    found
}

fn matching(folder: &Path, pattern: &Pattern) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.') && pattern.matches(name));
    names.sort();
    names.into_iter().map(|name| folder.join(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_find_files_in_order() {
        let home = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = home.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
        };
        for name in ["k/b.yaml", "k/a.yaml", "k/.hidden", "k/a.yaml.lock", "k/sub/c.yaml", "other/d.yaml"] {
            file(name);
        }
        let found = |globs: &[&str]| {
            let paths = KubeconfigPaths { paths: globs.iter().map(|glob| (*glob).to_owned()).collect() };
            let files = paths.files(home.path());
            let shown =
                files.iter().map(|file| file.strip_prefix(home.path()).unwrap().display().to_string());
            shown.collect::<Vec<_>>()
        };
        assert_eq!(found(&["~/k/*"]), ["k/a.yaml", "k/b.yaml"]);
        assert_eq!(found(&["k/?.yaml", "~/k/b.yaml"]), ["k/a.yaml", "k/b.yaml"]);
        assert_eq!(found(&["~/*/*/*.yaml", "~/o*/d.yaml"]), ["k/sub/c.yaml", "other/d.yaml"]);
        let absolute = home.path().join("other/*").display().to_string();
        assert_eq!(found(&[&absolute, "/nowhere/*"]), ["other/d.yaml"]);
    }
}
