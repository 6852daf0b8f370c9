//! From files on disk to one kubeconfig.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    Environment, FileState, Kubeconfig, KubeconfigFiles, Problem, SourceFile,
    decode::decode_file,
    file_bytes::FileBytes,
    merge::{LoadedFile, merge},
    model::clean,
};
use crate::{Error, Result, cli::ExitStatus};

/// What a load passes over instead of failing, and what it keeps. By default it passes over nothing, as kubectl, and
/// keeps all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// Leave out certificates and keys whose base64 is broken: the entry can be listed and switched to, but
    /// [`Kubeconfig::select`] refuses it. kubectl refuses all files for it.
    pub undecodable_data: bool,
    /// Leave out files that can't be read or are not valid.
    pub unusable_files: bool,
    /// Check certificate authorities and private keys, but keep only whether they are there: empty ones. For whoever
    /// lists and does not connect.
    pub discard_keys: bool,
}

/// Reads and merges kubeconfig files as kubectl does.
///
/// A missing file is an error only if it was named by flag; all missing is an empty kubeconfig. A file that can't be
/// read, is a directory or is not valid fails the load of all, in kubectl's words with the line added
/// ([`crate::cli::ExitStatus::Kubeconfig`]), unless `options` say otherwise; then
/// [`Kubeconfig::problems`] has it.
pub fn load(files: &KubeconfigFiles, environment: &Environment, options: LoadOptions) -> Result<Kubeconfig> {
    let explicit = matches!(files, KubeconfigFiles::Explicit(_));
    let mut loaded = Vec::new();
    let mut problems = Vec::new();
    for path in files.paths() {
        let mut source = source_file(path, environment);
        let bytes = match FileBytes::of(&environment.current_directory.join(path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if explicit {
                    return Err(missing_explicit(path));
                }
                loaded.push(LoadedFile { source, parsed: None });
                continue;
            }
            Err(error) => {
                problems.push(unreadable(path, &error));
                source.state = FileState::Unusable;
                loaded.push(LoadedFile { source, parsed: None });
                continue;
            }
        };
        let parsed = decode_file(&bytes, path, &source.directory, options);
        let parsed = parsed.map_err(|problem| {
            problems.push(problem);
            source.state = FileState::Unusable;
        });
        loaded.push(LoadedFile { source, parsed: parsed.ok() });
    }
    finish(loaded, problems, options)
}

/// Merges what was decoded, unless problems forbid it.
pub(super) fn finish(
    loaded: Vec<LoadedFile>,
    problems: Vec<Problem>,
    options: LoadOptions,
) -> Result<Kubeconfig> {
    if !problems.is_empty() && !options.unusable_files {
        return Err(failure(&problems));
    }
    let mut merged = merge(loaded);
    merged.problems.splice(..0, problems);
    Ok(merged)
}

/// Returns a file of the load before it is read.
pub(super) fn source_file(path: &Path, environment: &Environment) -> SourceFile {
    let directory = path.parent().unwrap_or_else(|| Path::new(""));
    SourceFile {
        path: path.to_path_buf(),
        directory: clean(&environment.current_directory.join(directory)),
        state: FileState::Missing,
        current_context: None,
        contexts: Vec::new(),
        clusters: Vec::new(),
        users: Vec::new(),
    }
}

/// What helps where nothing is known of the fault but its line.
pub(super) const CORRECT_OR_LEAVE_OUT: &str =
    "correct the file, or name others with --kubeconfig or KUBECONFIG";

/// A file named by flag that isn't there.
pub(super) fn missing_explicit(path: &Path) -> Error {
    Error::kubeconfig(format!("stat {}: no such file or directory", path.display()))
        .with_hint("name an existing file with --kubeconfig, or leave the flag out")
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let (action, reason, hint) = match error.kind() {
        io::ErrorKind::IsADirectory => (
            "read",
            "is a directory".into(),
            Some("name a file; for several files separate them in KUBECONFIG"),
        ),
        io::ErrorKind::PermissionDenied => {
            ("open", "permission denied".into(), Some("check who may read it with ls -l"))
        }
        io::ErrorKind::NotADirectory => ("open", "not a directory".into(), None),
        _ => ("open", error.to_string(), None),
    };
    Problem {
        path: PathBuf::from(path),
        line: 0,
        message: format!("{action} {}: {reason}", path.display()),
        hint: hint.map(Into::into),
    }
}

/// One failure for all files: kubectl prints one line for each, and `error: ` only before a lone one.
pub(super) fn failure(problems: &[Problem]) -> Error {
    let hint = problems.iter().find_map(|problem| problem.hint.clone());
    let sentences: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let error = match &sentences[..] {
        [sentence] => Error::kubeconfig(sentence),
        _ => Error::verbatim(sentences.join("\n")).with_status(ExitStatus::Kubeconfig),
    };
    error.with_hint(hint.as_deref().unwrap_or(CORRECT_OR_LEAVE_OUT))
}
