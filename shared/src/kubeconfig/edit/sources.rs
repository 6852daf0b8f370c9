//! The kubeconfig files of a load, as read for a change: their bytes, and what they say about contexts.

use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{change::FileChange, file_text::FileText, outline::OutlineContext, reading::Reading};
use crate::output::sanitize_line;
use crate::{
    Error, Result,
    kubeconfig::{
        Environment, KubeconfigFiles, Problem,
        file_bytes::FileBytes,
        load::{failure, missing_explicit, unreadable},
        write::{Fingerprint, LockTimeout, Snapshot, fresh_lock, read_with_snapshot},
    },
};

/// How long files are read again while somebody holds a lock of theirs.
const TORN_READ_TIMEOUT: Duration = Duration::from_secs(2);

/// All files of a load, in order of precedence, read for choosing a context and changing it.
///
/// Much cheaper than [`crate::kubeconfig::load()`], which decodes clusters and users too. What that refuses is refused
/// here, but for certificates and keys that are no base64: they don't stand in the way of a switch
/// ([`Sources::undecodable`]).
#[derive(Clone, Debug)]
pub struct Sources {
    pub(super) listed: KubeconfigFiles,
    pub(super) environment: Environment,
    pub(super) files: Vec<Source>,
}

/// One file of the list.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// As the user spelled it.
    pub path: PathBuf,
    pub absolute: PathBuf,
    pub state: State,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// Not there, which is no error in a list.
    Missing,
    /// The same file as an earlier one of the list, by another spelling or through a link.
    Repeated,
    /// Read.
    Read(Box<ReadFile>),
}

/// A file as read.
#[derive(Clone, Debug)]
pub(super) struct ReadFile {
    pub text: FileText,
    pub reading: Reading,
    pub snapshot: Snapshot,
    pub fingerprint: Fingerprint,
}

/// A context as it counts: the first file's of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextEntry<'sources> {
    /// Its name; may be empty.
    pub name: &'sources str,
    /// Its cluster's name.
    pub cluster: Option<&'sources str>,
    /// Its user's name.
    pub user: Option<&'sources str>,
    /// Its namespace; `None` and `""` in the file both mean `default`.
    pub namespace: Option<&'sources str>,
    /// The file it comes from, as the user spelled it.
    pub file: &'sources Path,
}

impl Sources {
    /// Reads the files. As in [`crate::kubeconfig::load()`], a file that is missing is an error only if it was named by
    /// flag, and one that can't be read or is not valid fails all, with
    /// [`crate::cli::ExitStatus::Kubeconfig`].
    ///
    /// kubectl empties a file before it writes it. So a file read while a fresh lock stands beside it is read again
    /// when the lock is gone, for up to two seconds; where the lock goes from hand to hand, for longer. After two
    /// seconds it may be that others have changed the file since, but not that they were half through with it.
    pub fn read(files: &KubeconfigFiles, environment: &Environment) -> Result<Self> {
        let deadline = Instant::now() + TORN_READ_TIMEOUT;
        let mut lock_timeout = LockTimeout::of(TORN_READ_TIMEOUT);
        loop {
            let mut is_whole = true;
            let result = Self::read_each(files, environment, |path| {
                let (read, whole) = read_whole(path, &mut lock_timeout);
                is_whole &= whole;
                read
            });
            let settled = result.as_ref().is_ok_and(Self::is_settled);
            if !is_whole || settled || result.is_err() || Instant::now() > deadline {
                return result;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Reads the files while their locks are the caller's own.
    pub(in crate::kubeconfig) fn read_locked(
        files: &KubeconfigFiles,
        environment: &Environment,
    ) -> Result<Self> {
        Self::read_each(files, environment, read_with_snapshot)
    }

    fn read_each(
        files: &KubeconfigFiles,
        environment: &Environment,
        mut read: impl FnMut(&Path) -> io::Result<(FileBytes, Snapshot)>,
    ) -> Result<Self> {
        let explicit = matches!(files, KubeconfigFiles::Explicit(_));
        let mut sources: Vec<Source> = Vec::new();
        let mut problems: Vec<Problem> = Vec::new();
        for path in files.paths() {
            let absolute = environment.current_directory.join(path);
            let state = match read(&absolute) {
                Ok((_, snapshot)) if is_repeated(&sources, &snapshot) => Ok(State::Repeated),
                Ok((bytes, snapshot)) => read_file(bytes, snapshot, path),
                Err(error) if error.kind() == io::ErrorKind::NotFound && explicit => {
                    return Err(missing_explicit(path));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(State::Missing),
                Err(error) => Err(unreadable(path, &error)),
            };
            match state {
                Ok(state) => sources.push(Source { path: path.clone(), absolute, state }),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(failure(&problems));
        }
        Ok(Self { listed: files.clone(), environment: environment.clone(), files: sources })
    }

    /// Reads one file on its own, with these bytes in place of its own.
    pub(super) fn of_change(change: &FileChange, bytes: FileBytes) -> Result<Self> {
        let state = read_file(bytes, change.snapshot.clone(), &change.path);
        let state = state.map_err(|problem| failure(&[problem]))?;
        let source = Source { path: change.path.clone(), absolute: change.absolute.clone(), state };
        Ok(Self {
            listed: KubeconfigFiles::Explicit(change.path.clone()),
            environment: Environment::default(),
            files: vec![source],
        })
    }

    /// Returns the same files once these changes are made.
    pub(in crate::kubeconfig) fn with(mut self, changes: &[FileChange]) -> Result<Self> {
        for source in self.files.iter_mut().filter(|source| matches!(source.state, State::Read(_))) {
            let is_same = |change: &&FileChange| match &source.state {
                State::Read(file) => file.snapshot.is_same_file(&change.snapshot),
                State::Missing | State::Repeated => false,
            };
            let Some(change) = changes.iter().find(is_same) else { continue };
            let state = read_file(change.contents.clone(), change.snapshot.clone(), &source.path);
            source.state = state.map_err(|problem| failure(&[problem]))?;
        }
        Ok(self)
    }

    /// Returns the contexts that count, in the order of files and lists.
    pub fn contexts(&self) -> impl Iterator<Item = ContextEntry<'_>> {
        let mut seen = std::collections::HashSet::new();
        let entries = self.read_files().flat_map(move |(index, file)| {
            file.reading.outline().contexts.iter().map(move |context| self.entry(index, context))
        });
        entries.filter(move |entry| seen.insert(entry.name))
    }

    /// Returns the context of that name, if there is one.
    pub fn context(&self, name: &str) -> Option<ContextEntry<'_>> {
        let mut files = self.read_files();
        files.find_map(|(index, file)| {
            file.reading.outline().context(name).map(|context| self.entry(index, context))
        })
    }

    /// Returns the current context: that of the first file that sets one. It may name a context that does not exist.
    pub fn current_context(&self) -> Option<&str> {
        self.read_files().find_map(|(_, file)| file.reading.outline().current.as_deref())
    }

    /// Returns the file that sets the current context, as the user spelled it.
    pub fn current_context_file(&self) -> Option<&Path> {
        let mut files = self.read_files();
        let found = files.find(|(_, file)| file.reading.outline().current.is_some());
        found.map(|(index, _)| self.files[index].path.as_path())
    }

    /// Returns the files that were there, each once.
    pub(super) fn read_files(&self) -> impl Iterator<Item = (usize, &ReadFile)> {
        self.files.iter().enumerate().filter_map(|(index, source)| match &source.state {
            State::Read(file) => Some((index, &**file)),
            State::Missing | State::Repeated => None,
        })
    }

    fn entry<'a>(&'a self, index: usize, context: &'a OutlineContext) -> ContextEntry<'a> {
        ContextEntry {
            name: &context.name,
            cluster: context.cluster.as_deref(),
            user: context.user.as_deref(),
            namespace: context.namespace.as_deref(),
            file: &self.files[index].path,
        }
    }

    /// Tells whether no file has changed since it was read.
    fn is_settled(&self) -> bool {
        self.read_files().all(|(index, file)| {
            Snapshot::take(&self.files[index].absolute).is_ok_and(|now| file.snapshot.looks_like(&now))
        })
    }
}

fn is_repeated(sources: &[Source], snapshot: &Snapshot) -> bool {
    sources.iter().any(|source| match &source.state {
        State::Read(file) => file.snapshot.is_same_file(snapshot),
        State::Missing | State::Repeated => false,
    })
}

fn read_file(bytes: FileBytes, snapshot: Snapshot, path: &Path) -> std::result::Result<State, Problem> {
    let named = |problem: Problem| Problem { path: path.to_path_buf(), ..problem };
    let fingerprint = Fingerprint::of(&bytes);
    let text = FileText::new(bytes).map_err(|error| Problem {
        path: path.to_path_buf(),
        line: error.line,
        message: error.message,
        hint: None,
    })?;
    let reading = Reading::new(text.text()).map_err(named)?;
    Ok(State::Read(Box::new(ReadFile { text, reading, snapshot, fingerprint })))
}

/// Reads a file until no write can have torn what was read, or the timeout is over; the second value says which.
/// Whoever writes into a file holds its lock until the file looks different: so one that has no lock after it was read,
/// and looks the same still later, was whole.
fn read_whole(path: &Path, lock_timeout: &mut LockTimeout) -> (io::Result<(FileBytes, Snapshot)>, bool) {
    loop {
        let read = read_with_snapshot(path);
        let lock = fresh_lock(path);
        let looks_same = |read: &Snapshot| Snapshot::take(path).is_ok_and(|now| read.looks_like(&now));
        let is_whole = lock.is_none() && read.as_ref().ok().is_none_or(|(_, snapshot)| looks_same(snapshot));
        if is_whole || lock_timeout.is_over() {
            return (read, is_whole);
        }
        lock_timeout.see(lock);
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Words the failure for a context that does not exist, with the nearest names.
pub(super) fn no_such_context(sources: &Sources, name: &str) -> Error {
    let error = Error::new(format!("no context exists with the name: \"{}\"", sanitize_line(name)));
    match crate::kubeconfig::select::did_you_mean(name, sources.contexts().map(|context| context.name)) {
        Some(hint) => error.with_hint(hint),
        None => error.with_hint("`kubectl config get-contexts` lists the contexts there are"),
    }
}
