//! A file of Rust, and which module it is.

use std::{fs, path::Path};

/// One source file of a crate.
pub struct Source {
    /// Its path below `src`, with `/`.
    pub path: String,
    /// Its text, tests included.
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Returns the module of the file: `admission/object/mod.rs` is `admission::object`.
    pub fn module(&self) -> Vec<&str> {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let mut module: Vec<_> = path.split('/').collect();
        if matches!(module.last(), Some(&"mod" | &"lib" | &"main")) {
            module.pop();
        }
        module
    }

    /// Returns the room at the top of the crate that the file belongs to; `None` for the crate's own file.
    pub fn room(&self) -> Option<&str> {
        self.module().first().copied()
    }

    /// Returns whether the file holds only tests, which may name what they like.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("tests/")
    }
}

/// Reads all sources below a folder.
pub fn read_sources(folder: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                sources.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn files_are_modules() {
        let module = |path| Source::new(path, "").module().join("::");
        assert_eq!(module("admission/object/mod.rs"), "admission::object");
        assert_eq!(module("error.rs"), "error");
        assert_eq!(module("lib.rs"), "");
        assert_eq!(Source::new("commands/check/run.rs", "").room(), Some("commands"));
        assert!(Source::new("model/tests.rs", "").is_test());
    }
}
