//! The kubeconfig files of a command.

mod context_summary;
mod index;
mod others;
mod portable;

use std::path::{Path, PathBuf};

use shared::{
    Result,
    cli::ConnectionFlags,
    kubeconfig::{Environment, FileState, Kubeconfig, KubeconfigFiles, LoadOptions, kubeconfig_files, load},
};

pub use context_summary::{ContextSummary, WhoAmI, summarize, without_credentials};
pub use index::{ContextIndex, IndexedContext, did_you_mean};
pub use others::OtherContext;
pub use portable::{contexts_with_entries, embed};

/// The kubeconfig files, before any is read.
#[derive(Clone, Debug)]
pub struct Kubeconfigs {
    /// The environment they were found in.
    pub environment: Environment,
    /// The files, in order of precedence.
    pub files: KubeconfigFiles,
}

impl Kubeconfigs {
    /// Returns the files that `--kubeconfig`, `KUBECONFIG` or the home folder name.
    ///
    /// # Errors
    /// The current directory is gone.
    pub fn locate(connection: &ConnectionFlags) -> Result<Self> {
        let environment = Environment::from_process()?;
        let files = kubeconfig_files(connection.kubeconfig.as_deref(), &environment);
        Ok(Self { environment, files })
    }

    /// Reads and merges the files. An entry whose certificate or key can't be decoded is kept, so that one can switch to it;
    /// `skip_bad` leaves out files that can't be read.
    ///
    /// # Errors
    /// kubectl's sentences, with the line.
    pub fn load(&self, skip_bad: bool) -> Result<Kubeconfig> {
        self.load_with(LoadOptions { unusable_files: skip_bad, ..LoadOptions::default() })
    }

    /// Reads and merges the files for a list: private keys and certificate authorities are checked, but not kept.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn look(&self, skip_bad: bool) -> Result<Kubeconfig> {
        self.load_with(LoadOptions { unusable_files: skip_bad, discard_keys: true, ..LoadOptions::default() })
    }

    fn load_with(&self, options: LoadOptions) -> Result<Kubeconfig> {
        load(&self.files, &self.environment, LoadOptions { undecodable_data: true, ..options })
    }
}

/// Says why there are no contexts, and names the files that were looked for.
pub fn nothing_found(paths: &[PathBuf], files_missing: bool) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    match (files_missing, names.is_empty()) {
        (_, true) => "KUBECONFIG names no file".to_owned(),
        (false, _) => format!("the kubeconfig has no contexts ({})", names.join(", ")),
        (true, _) => {
            let unexpanded = paths.iter().find_map(|path| unexpanded(path));
            let advice = unexpanded.map(|advice| format!("; {advice}")).unwrap_or_default();
            format!("no kubeconfig was found (looked for {}){advice}", names.join(", "))
        }
    }
}

/// Says of a path that does not exist what a shell would have made of it, had it not stood in quotes.
pub fn unexpanded(path: &Path) -> Option<String> {
    let path = path.to_str()?;
    match path.chars().next()? {
        '~' => Some("nobody expands the ~ in KUBECONFIG: write $HOME outside of single quotes".to_owned()),
        '"' | '\'' => Some("the quotes are part of the name in KUBECONFIG: leave them out".to_owned()),
        '$' => Some("nobody expands the $ in KUBECONFIG: leave out the single quotes around it".to_owned()),
        _ => None,
    }
}

/// Says why a loaded kubeconfig has no contexts.
pub fn nothing_loaded(kubeconfig: &Kubeconfig) -> String {
    if kubeconfig.files.iter().any(|file| file.state == FileState::Unusable) {
        return "no context is found in what can be read".to_owned();
    }
    let paths: Vec<PathBuf> = kubeconfig.files.iter().map(|file| file.path.clone()).collect();
    nothing_found(&paths, kubeconfig.files.iter().all(|file| file.state == FileState::Missing))
}
