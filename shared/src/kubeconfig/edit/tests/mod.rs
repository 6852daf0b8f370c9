//! Cases of edits, byte for byte.

use std::fs;

use tempfile::TempDir;

use super::{Edit, Sources, plan};
use crate::{
    Result,
    kubeconfig::{Environment, kubeconfig_files, write::WriteOptions, write::Written},
};

mod add;
mod agreement;
mod comments;
mod files;
mod texts;
mod unused;

/// A folder of kubeconfig files, edited as `$KUBECONFIG` would be.
pub(super) struct Folder(pub TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(fs::read(self.0.path().join(name)).unwrap()).unwrap()
    }

    pub fn sources(&self, list: &str) -> Result<Sources> {
        let environment = Environment {
            kubeconfig: Some(list.into()),
            home: self.0.path().to_path_buf(),
            current_directory: self.0.path().to_path_buf(),
        };
        Sources::read(&kubeconfig_files(None, &environment), &environment)
    }

    pub fn edit(&self, list: &str, edits: &[Edit]) -> Result<Written> {
        plan(self.sources(list)?, edits)?.execute(&WriteOptions::default())
    }
}

/// The file `before` after one edit.
pub(super) fn edited(before: &str, edit: Edit) -> Result<String> {
    let folder = Folder::new(&[("config", before)]);
    folder.edit("config", &[edit])?;
    Ok(folder.read("config"))
}

pub(super) fn use_context(name: &str) -> Edit {
    Edit::SetCurrentContext(name.into())
}

pub(super) fn namespace(context: &str, namespace: &str) -> Edit {
    Edit::SetNamespace { context: context.into(), namespace: namespace.into() }
}

pub(super) fn no_namespace(context: &str) -> Edit {
    Edit::UnsetNamespace { context: context.into() }
}

pub(super) fn rename(from: &str, to: &str) -> Edit {
    Edit::RenameContext { from: from.into(), to: to.into() }
}

pub(super) fn delete(names: &[&str]) -> Edit {
    Edit::DeleteContexts(names.iter().map(ToString::to_string).collect())
}

pub(super) fn replace(from: &str, to: &str) -> Edit {
    Edit::ReplaceContext { from: from.into(), to: to.into() }
}
