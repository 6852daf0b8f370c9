//! The record of a write, by which it can be undone.

use std::path::PathBuf;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::{Fingerprint, WriteOptions, snapshot::read_with_snapshot, target::failure};
use crate::{
    Error, Result,
    cli::ExitStatus,
    kubeconfig::edit::{FileChange, FilePreview, Sources, Splice, previews},
};

/// What a write replaced: for each file its fingerprints before and after, and the bytes that changed. It can be
/// stored as JSON. Those bytes are names and list entries of contexts, and credentials only where users were deleted or
/// the file is UTF-16.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoRecord {
    files: Vec<FileUndo>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FileUndo {
    /// As the user spelled it.
    path: PathBuf,
    absolute: PathBuf,
    before: Fingerprint,
    after: Fingerprint,
    /// Replacements to make, one after the other.
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    start: usize,
    end: usize,
    /// The bytes to put there, in base64.
    bytes: String,
}

impl UndoRecord {
    /// Adds what takes back the files of `earlier` that this does not have.
    pub(super) fn add_missing(&mut self, earlier: Self) {
        let missing = |file: &FileUndo| !self.files.iter().any(|own| own.absolute == file.absolute);
        let added: Vec<FileUndo> = earlier.files.into_iter().filter(missing).collect();
        self.files.extend(added);
    }

    /// Records changes as they are written.
    pub(in crate::kubeconfig) fn of(changes: &[FileChange]) -> Self {
        let files = changes.iter().map(|change| FileUndo {
            path: change.path.clone(),
            absolute: change.absolute.clone(),
            before: change.before,
            after: change.after,
            steps: change
                .back
                .iter()
                .map(|splice| Step {
                    start: splice.range.start,
                    end: splice.range.end,
                    bytes: STANDARD.encode(&splice.text),
                })
                .collect(),
        });
        Self { files: files.collect() }
    }

    /// Tells whether there is nothing to take back.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns what [`super::undo()`] would make of each file. Writes nothing, takes no lock and waits for none.
    ///
    /// # Errors
    /// A file has changed since, or can't be written.
    pub fn preview(&self, options: &WriteOptions) -> Result<Vec<FilePreview>> {
        previews(&self.changes()?, options)
    }

    /// Returns the record by which undoing this is itself undone.
    ///
    /// # Errors
    /// A file has changed since.
    pub fn reversed(&self) -> Result<Self> {
        Ok(Self::of(&self.changes()?))
    }

    /// Returns what the files say once this is undone; `sources` are the files as they are.
    ///
    /// # Errors
    /// A file has changed since.
    pub fn applied_to(&self, sources: Sources) -> Result<Sources> {
        sources.with(&self.changes()?)
    }

    /// Returns the changes that take it back.
    pub(super) fn changes(&self) -> Result<Vec<FileChange>> {
        self.files.iter().map(restored).collect()
    }

    /// Returns the files it restores, as the user spelled them.
    pub fn files(&self) -> impl Iterator<Item = &std::path::Path> {
        self.files.iter().map(|file| file.path.as_path())
    }
}

fn restored(file: &FileUndo) -> Result<FileChange> {
    let (mut bytes, snapshot) =
        read_with_snapshot(&file.absolute).map_err(|error| failure(&file.path, "read", &error))?;
    if Fingerprint::of(&bytes) != file.after {
        return Err(changed_since(&file.path));
    }
    let mut back: Vec<Splice> = Vec::with_capacity(file.steps.len());
    for step in &file.steps {
        let text = STANDARD.decode(&step.bytes).ok();
        let fits = step.start <= step.end && step.end <= bytes.len();
        let Some(text) = text.filter(|_| fits) else { return Err(damaged()) };
        back.push(Splice::new(step.start..step.end, text).apply(&mut bytes));
    }
    back.reverse();
    if Fingerprint::of(&bytes) != file.before {
        return Err(damaged());
    }
    Ok(FileChange {
        path: file.path.clone(),
        absolute: file.absolute.clone(),
        snapshot,
        before: file.after,
        after: file.before,
        contents: bytes,
        back,
    })
}

pub(super) fn changed_since(path: &std::path::Path) -> Error {
    Error::new(format!("{} has changed since; nothing was undone", path.display()))
        .with_status(ExitStatus::Guarded)
        .with_hint("`kubectl config view` shows what it says now")
}

fn damaged() -> Error {
    Error::new("the record of the last change is damaged; nothing was undone")
}
