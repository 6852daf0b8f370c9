//! The documents and sources of this repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

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

/// Returns all documents for people: their paths from the root, and their texts.
pub fn documents() -> Vec<(String, String)> {
    let paths = files("", "md");
    assert!(paths.iter().any(|path| path == "README.md") && paths.len() > 10, "{paths:?}");
    // What changed once is not to be true for ever.
    let current = paths.into_iter().filter(|path| path != "CHANGELOG.md");
    current.map(|path| (path.clone(), read(&path))).collect()
}

/// Returns the sources of products and tests, one behind the other.
pub fn sources() -> String {
    let folders = ["plugins", "shared", "krew", "tests"];
    folders.iter().flat_map(|folder| files(folder, "rs")).map(|path| read(&path)).collect()
}
