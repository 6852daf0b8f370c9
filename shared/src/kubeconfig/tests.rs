//! Cases of the reading rules.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::*;
use crate::{cli::ConnectionFlags, cli::ExitStatus};

/// A folder of kubeconfig files, loaded as `$KUBECONFIG` would be.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn environment(&self, list: &str) -> Environment {
        Environment {
            kubeconfig: Some(list.into()),
            home: self.0.path().to_path_buf(),
            current_directory: self.0.path().to_path_buf(),
        }
    }

    fn load_with(&self, list: &str, options: LoadOptions) -> crate::Result<Kubeconfig> {
        let environment = self.environment(list);
        load(&kubeconfig_files(None, &environment), &environment, options)
    }

    fn load(&self, list: &str) -> crate::Result<Kubeconfig> {
        self.load_with(list, LoadOptions::default())
    }
}

/// One file, loaded.
fn load_text(text: &str) -> crate::Result<Kubeconfig> {
    Folder::new(&[("config", text)]).load("config")
}

fn failure(text: &str) -> String {
    let error = load_text(text).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Kubeconfig);
    error.to_string()
}

fn context_names(kubeconfig: &Kubeconfig) -> Vec<&str> {
    kubeconfig.contexts.iter().map(|context| context.name.as_str()).collect()
}

fn current(kubeconfig: &Kubeconfig) -> Option<(&str, &str)> {
    kubeconfig
        .current_context
        .as_ref()
        .map(|current| (current.name.as_str(), current.file.path.to_str().unwrap()))
}

mod files;
mod grammar;
mod merging;
mod parsing;
mod selecting;
