//! The kubeconfig files a command looks at.

mod context_summary;
mod index;

use std::path::PathBuf;

use shared::{
    Result,
    cli::ConnectionFlags,
    kubeconfig::{Environment, FileState, Kubeconfig, KubeconfigFiles, LoadOptions, kubeconfig_files, load},
};

pub use context_summary::{ContextSummary, WhoAmI, summarize, without_credentials};
pub use index::{ContextIndex, IndexedContext, did_you_mean};

/// Which files, before any is read.
#[derive(Clone, Debug)]
pub struct Kubeconfigs {
    /// The environment they were found in.
    pub environment: Environment,
    /// The files, in order of precedence.
    pub files: KubeconfigFiles,
}

impl Kubeconfigs {
    /// The files of `--kubeconfig`, `KUBECONFIG` or the home folder.
    ///
    /// # Errors
    /// The current directory is gone.
    pub fn locate(connection: &ConnectionFlags) -> Result<Self> {
        let environment = Environment::from_process()?;
        let files = kubeconfig_files(connection.kubeconfig.as_deref(), &environment);
        Ok(Self { environment, files })
    }

    /// Reads them. What is broken inside a certificate does not hinder switching to it; a file that can't be read
    /// at all is an error unless it is to be left out.
    ///
    /// # Errors
    /// kubectl's sentences, with the line.
    pub fn load(&self, skip_bad: bool) -> Result<Kubeconfig> {
        self.load_with(LoadOptions { unusable_files: skip_bad, ..LoadOptions::default() })
    }

    /// The same for looking at them only: private keys and certificate authorities are checked and not kept.
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

/// Why there is nothing to be seen: a sentence that names the places looked at.
pub fn nothing_found(paths: &[PathBuf], files_missing: bool) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    match (files_missing, names.is_empty()) {
        (_, true) => "KUBECONFIG names no file".to_owned(),
        (false, _) => format!("the kubeconfig has no contexts ({})", names.join(", ")),
        (true, _) => format!("no kubeconfig was found (looked for {})", names.join(", ")),
    }
}

/// The same of files that were loaded.
pub fn nothing_loaded(kubeconfig: &Kubeconfig) -> String {
    if kubeconfig.files.iter().any(|file| file.state == FileState::Unusable) {
        return "no context is found in what can be read".to_owned();
    }
    let paths: Vec<PathBuf> = kubeconfig.files.iter().map(|file| file.path.clone()).collect();
    nothing_found(&paths, kubeconfig.files.iter().all(|file| file.state == FileState::Missing))
}
