//! What files would say after a change, with nothing written.

use std::path::PathBuf;

use super::{change::FileChange, plan::Plan, sources::Sources};
use crate::{
    Result,
    kubeconfig::write::{WriteOptions, check},
};

/// One file that would change, on its own.
#[derive(Clone, Debug)]
pub struct FilePreview {
    /// The file, as the user spelled it.
    pub path: PathBuf,
    /// What it says.
    pub before: Sources,
    /// What it would say.
    pub after: Sources,
}

impl Plan {
    /// Returns what [`Plan::execute`] would make of each file. Writes nothing, takes no lock and waits for none.
    ///
    /// # Errors
    /// Those of writing that can be told beforehand: a file that may not be written, an old lock that is in the way.
    pub fn preview(&self, options: &WriteOptions) -> Result<Vec<FilePreview>> {
        previews(&self.changes, options)
    }
}

/// Returns the previews of changes that could be written as the options say.
pub(in crate::kubeconfig) fn previews(
    changes: &[FileChange],
    options: &WriteOptions,
) -> Result<Vec<FilePreview>> {
    check(changes, options)?;
    let preview = |change: &FileChange| {
        Ok(FilePreview {
            path: change.path.clone(),
            before: Sources::of_change(change, change.old_contents())?,
            after: Sources::of_change(change, change.contents.clone())?,
        })
    };
    changes.iter().map(preview).collect()
}
