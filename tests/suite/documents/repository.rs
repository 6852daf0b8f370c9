//! The documents and sources of this repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// What of the repository is looked through: a clone may have other things in it.
const FOLDERS: [&str; 6] = ["completions", "docs", "krew", "plugins", "shared", "tests"];

/// Returns the root of the repository.
pub fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
    Path::new(&package).parent().expect("a package stands in a folder").to_owned()
}

/// Returns what a file of the repository says.
///
/// # Panics
///
/// When there is no such file.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the paths, from the root, of all files with an extension below a folder.
pub fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    add(&root(), &root().join(folder), extension, &mut found);
    found.sort();
    found
}

fn add(root: &Path, folder: &Path, extension: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        // What is built, and what tools keep.
        if name.starts_with('.') || name == "target" {
            continue;
        }
        if path.is_dir() {
            add(root, &path, extension, found);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
}

/// Returns the texts of all packages' manifests.
pub fn packages() -> Vec<String> {
    let manifests = FOLDERS.iter().flat_map(|folder| files(folder, "toml"));
    manifests.map(|path| read(&path)).filter(|text| text.starts_with("[package]")).collect()
}

/// Returns all documents for people but the changelog, since what changed once is not to be true for ever: their paths from
/// the root, and their texts.
pub fn documents() -> Vec<(String, String)> {
    let top = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    let below = FOLDERS.iter().flat_map(|folder| files(folder, "md"));
    let paths: Vec<_> = top.into_iter().chain(below).collect();
    assert!(paths.len() > 10, "{paths:?}");
    paths.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// Returns the sources of products and tests, one behind the other.
pub fn sources() -> String {
    FOLDERS.iter().flat_map(|folder| files(folder, "rs")).map(|path| read(&path)).collect()
}
