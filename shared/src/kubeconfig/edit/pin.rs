//! A context as it was when somebody was asked about it.

use std::path::{Path, PathBuf};

use super::sources::{ContextEntry, Sources, no_such_context};
use crate::{Error, Result, cli::ExitStatus, output::sanitize_line};

/// What a context was when a list was shown, a cluster was asked or a question was put: where another program changes
/// it before the answer is written, the answer would go to another cluster than it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextPin {
    /// Its name.
    pub context: String,
    /// The cluster it names.
    pub cluster: Option<String>,
    /// The file that defines it, as the user spelled it.
    pub file: PathBuf,
}

impl ContextPin {
    /// Returns the pin of a context as it is now.
    pub fn of(entry: &ContextEntry<'_>) -> Self {
        Self {
            context: entry.name.to_owned(),
            cluster: entry.cluster.map(ToOwned::to_owned),
            file: entry.file.to_owned(),
        }
    }

    /// Checks that the context is still the same.
    ///
    /// # Errors
    /// It is gone, names another cluster, or another file's entry counts: [`ExitStatus::Guarded`] for the last two.
    pub(super) fn check(&self, sources: &Sources) -> Result<()> {
        let Some(now) = sources.context(&self.context) else {
            return Err(no_such_context(sources, &self.context));
        };
        let shown = sanitize_line(&self.context);
        if now.cluster != self.cluster.as_deref() {
            let name = |cluster: Option<&str>| {
                cluster.map_or_else(
                    || "no cluster".to_owned(),
                    |name| format!("cluster \"{}\"", sanitize_line(name)),
                )
            };
            let (before, now) = (name(self.cluster.as_deref()), name(now.cluster));
            return Err(changed(format!(
                "another program changed context \"{shown}\" meanwhile: it names {now} now, not {before}"
            )));
        }
        if now.file != self.file {
            let (before, now) = (self.file.display(), Path::display(now.file));
            return Err(changed(format!(
                "another program changed context \"{shown}\" meanwhile: it is the one in {now} now, not in {before}"
            )));
        }
        Ok(())
    }
}

fn changed(sentence: String) -> Error {
    Error::new(sentence)
        .with_hint("nothing was changed; run the command again")
        .with_status(ExitStatus::Guarded)
}
