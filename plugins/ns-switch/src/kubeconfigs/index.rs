//! The contexts of the kubeconfig and which one is current: all that a switch needs. Clusters and users are not decoded.

use shared::{
    Error, Result,
    kubeconfig::{
        Kubeconfig, LoadOptions,
        edit::{ContextEntry, ContextPin, Sources},
        nearest_names,
    },
    output::sanitize_line,
};

use super::{Kubeconfigs, nothing_found};

/// The contexts and the current one.
#[derive(Clone, Debug, Default)]
pub struct ContextIndex {
    /// The current context, which need not exist.
    pub current: Option<String>,
    /// The contexts, in the order of the files.
    pub contexts: Vec<IndexedContext>,
    /// Why there are no contexts, where there are none.
    pub emptiness: Option<Emptiness>,
    /// The bytes this was read from, for a change.
    pub(crate) sources: Option<Sources>,
}

/// Why there are no contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emptiness {
    /// Whether none of the files exists.
    pub files_missing: bool,
    /// The reason as a sentence.
    pub sentence: String,
}

/// A context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexedContext {
    /// Its name.
    pub name: String,
    /// The cluster it names.
    pub cluster: Option<String>,
    /// The user it names.
    pub user: Option<String>,
    /// Its namespace; none means `default`.
    pub namespace: Option<String>,
}

impl ContextIndex {
    /// Reads the kubeconfig files.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn read(kubeconfigs: &Kubeconfigs) -> Result<Self> {
        let mut index = Self::from_sources(Sources::read(&kubeconfigs.files, &kubeconfigs.environment)?);
        index.emptiness = index.contexts.is_empty().then(|| Emptiness::inspect(kubeconfigs));
        Ok(index)
    }

    /// Returns the index of files that were read. It does not say why they are empty.
    pub fn from_sources(sources: Sources) -> Self {
        let own = |text: Option<&str>| text.map(ToOwned::to_owned);
        let context = |entry: ContextEntry<'_>| IndexedContext {
            name: entry.name.to_owned(),
            cluster: own(entry.cluster),
            user: own(entry.user),
            namespace: own(entry.namespace),
        };
        Self {
            current: own(sources.current_context()),
            contexts: sources.contexts().map(context).collect(),
            emptiness: None,
            sources: Some(sources),
        }
    }

    /// Returns the bytes this was read from.
    ///
    /// # Errors
    /// A file can't be read, for an index that was not read from files.
    pub fn into_sources(self, kubeconfigs: &Kubeconfigs) -> Result<Sources> {
        match self.sources {
            Some(sources) => Ok(sources),
            None => Sources::read(&kubeconfigs.files, &kubeconfigs.environment),
        }
    }

    /// Decodes clusters and users too, from the bytes that were read, so that no file is read twice.
    ///
    /// # Errors
    /// A file that is not valid, as for [`Kubeconfigs::load`].
    pub fn decode(&self, kubeconfigs: &Kubeconfigs) -> Result<Kubeconfig> {
        match &self.sources {
            Some(sources) => sources.decode(LoadOptions { undecodable_data: true, ..LoadOptions::default() }),
            None => kubeconfigs.load(false),
        }
    }

    /// Returns the context of this name, if there is one.
    pub fn context(&self, name: &str) -> Option<&IndexedContext> {
        self.contexts.iter().find(|context| context.name == name)
    }

    /// Returns the context of this name.
    ///
    /// # Errors
    /// It does not exist; up to three similar names are suggested.
    pub fn existing(&self, name: &str) -> Result<&IndexedContext> {
        self.context(name).ok_or_else(|| {
            let error = Error::new(format!("no context exists with the name \"{}\"", sanitize_line(name)));
            let nearest = nearest_names(name, self.contexts.iter().map(|context| context.name.as_str()));
            match (&self.emptiness, nearest.is_empty()) {
                (Some(emptiness), _) => error.with_hint(emptiness.sentence.clone()),
                (None, true) => error.with_hint("see them all with `kubectl ns-switch contexts`"),
                (None, false) => error.with_hint(did_you_mean(&nearest)),
            }
        })
    }

    /// Returns what a context is now, to be required again where something is written for it later.
    pub fn pin(&self, name: &str) -> Option<ContextPin> {
        let entry = self.sources.as_ref()?.context(name)?;
        Some(ContextPin::of(&entry))
    }

    /// Returns the context that `--context` names, or else the current one.
    ///
    /// # Errors
    /// Neither is set, or the context does not exist.
    pub fn chosen(&self, flag: Option<&str>) -> Result<&IndexedContext> {
        if let Some(name) = flag.filter(|name| !name.is_empty()) {
            return self.existing(name);
        }
        let Some(current) = &self.current else { return Err(self.no_current()) };
        self.context(current).ok_or_else(|| {
            Error::new(format!("the current context \"{}\" does not exist", sanitize_line(current)))
                .with_hint("choose one with `kubectl ns-switch use CONTEXT`, or name one with --context")
        })
    }

    /// Returns the error for a kubeconfig without a current context.
    pub fn no_current(&self) -> Error {
        let hint = self.emptiness.clone().map(|emptiness| emptiness.sentence);
        let hint = hint.unwrap_or_else(|| "choose one with `kubectl ns-switch use CONTEXT`".to_owned());
        Error::new("current-context is not set").with_hint(hint)
    }
}

impl Emptiness {
    /// Finds out which of the files exist.
    fn inspect(kubeconfigs: &Kubeconfigs) -> Self {
        let paths = kubeconfigs.files.paths();
        let files_missing =
            paths.iter().all(|path| !kubeconfigs.environment.current_directory.join(path).exists());
        Self { files_missing, sentence: nothing_found(paths, files_missing) }
    }
}

/// Suggests names: `did you mean "a", "b" or "c"?`
pub fn did_you_mean<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> =
        names.iter().map(|name| format!("\"{}\"", sanitize_line(name.as_ref()))).collect();
    match &quoted[..] {
        [rest @ .., last] if !rest.is_empty() => format!("did you mean {} or {last}?", rest.join(", ")),
        _ => format!("did you mean {}?", quoted.concat()),
    }
}
