//! Kubeconfig files beside ours, which the settings name: each stands on its own, and is entered in a shell of its own.

use std::path::PathBuf;

use shared::{Error, Result, cli::ExitStatus, kubeconfig::KubeconfigFiles, output::sanitize_line};

use super::{ContextIndex, Kubeconfigs};
use crate::settings::Settings;

/// A context of a file beside ours.
#[derive(Clone, Debug)]
pub struct OtherContext {
    /// Its name, which several files may have.
    pub name: String,
    /// The file.
    pub file: PathBuf,
}

impl OtherContext {
    /// Returns the name with the file, which tells equal names apart.
    pub fn label(&self) -> String {
        let file = self.file.file_name().unwrap_or(self.file.as_os_str());
        format!("{} ({})", self.name, file.to_string_lossy())
    }
}

impl Kubeconfigs {
    /// Returns the files beside ours, each as if `--kubeconfig` named it.
    ///
    /// # Errors
    /// Settings that can't be read.
    pub fn others(&self) -> Result<Vec<Self>> {
        let settings = Settings::load()?;
        if settings.kubeconfigs.paths.is_empty() {
            return Ok(Vec::new());
        }
        let directory = &self.environment.current_directory;
        let real = |path: &PathBuf| directory.join(path).canonicalize().ok();
        let own: Vec<Option<PathBuf>> = self.files.paths().iter().map(real).collect();
        let files = settings.kubeconfigs.files(&self.environment.home);
        let others = files.into_iter().filter(|file| !own.contains(&real(file)));
        Ok(others.map(|file| self.of_file(file)).collect())
    }

    /// Returns the same surroundings with this one file.
    pub fn of_file(&self, file: PathBuf) -> Self {
        Self { environment: self.environment.clone(), files: KubeconfigFiles::Explicit(file) }
    }

    /// Returns the contexts of the files beside ours. A file that is no kubeconfig has none.
    ///
    /// # Errors
    /// Settings that can't be read.
    pub fn other_contexts(&self) -> Result<Vec<OtherContext>> {
        let mut contexts = Vec::new();
        for other in self.others()? {
            let Ok(index) = ContextIndex::read(&other) else { continue };
            let file = other.files.paths().first().cloned().unwrap_or_default();
            contexts.extend(
                index
                    .contexts
                    .into_iter()
                    .map(|context| OtherContext { name: context.name, file: file.clone() }),
            );
        }
        Ok(contexts)
    }

    /// Returns the files that have this context: ours, or the one beside ours that has it.
    ///
    /// # Errors
    /// Several files beside ours have it.
    pub fn with_context(self, name: &str, index: &ContextIndex) -> Result<Self> {
        if index.context(name).is_some() {
            return Ok(self);
        }
        let mut found: Vec<OtherContext> = self.other_contexts()?;
        found.retain(|context| context.name == name);
        match &found[..] {
            [] => Ok(self),
            [one] => Ok(self.of_file(one.file.clone())),
            several => {
                let files: Vec<String> =
                    several.iter().map(|context| context.file.display().to_string()).collect();
                Err(Error::new(format!(
                    "several files have a context \"{}\": {}",
                    sanitize_line(name),
                    files.join(", ")
                ))
                .with_status(ExitStatus::Usage)
                .with_hint("name one of them with --kubeconfig"))
            }
        }
    }
}
