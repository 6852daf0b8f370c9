//! From edits to the bytes of files, nothing written yet.

use std::path::Path;

use super::{
    Edit,
    blocker::Blocker,
    change::{Change, FileChange},
    sources::{Source, Sources, State},
    splice::Splice,
    targets::{setting_current, targets, uncovered},
    unsupported::unsupported,
};
use crate::{
    Error, Result,
    kubeconfig::{
        Environment, KubeconfigFiles,
        write::{Fingerprint, UndoRecord},
    },
    output::{ShellCommand, sanitize_line},
};

/// What some edits change: which files, and to which bytes. [`Plan::execute`] writes it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(in crate::kubeconfig) request: Request,
    pub(in crate::kubeconfig) changes: Vec<FileChange>,
    current_context: Option<String>,
    notes: Vec<String>,
}

/// What was asked for, to plan it again where a file has changed meanwhile.
#[derive(Clone, Debug)]
pub(in crate::kubeconfig) struct Request {
    pub files: KubeconfigFiles,
    pub environment: Environment,
    pub edits: Vec<Edit>,
}

impl Plan {
    /// Tells whether the files already say what was asked for, so that nothing is written.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns the files that change, as the user spelled them.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.changes.iter().map(|change| change.path.as_path())
    }

    /// Returns the current context when all is done, which a later file may have set all along.
    pub fn current_context(&self) -> Option<&str> {
        self.current_context.as_deref()
    }

    /// Returns what takes the plan back, if it is written to files that are still as they were read.
    pub fn undo_record(&self) -> UndoRecord {
        UndoRecord::of(&self.changes)
    }

    /// Returns what the user should know about the consequences, whole sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// Works out what `edits`, made one after the other, change.
///
/// Fails without any change planned where a context does not exist or a name is taken, in kubectl's words, and where
/// a value can't be changed alone, with [`crate::cli::ExitStatus::Kubeconfig`] and the command that can.
pub fn plan(sources: Sources, edits: &[Edit]) -> Result<Plan> {
    let request = Request {
        files: sources.listed.clone(),
        environment: sources.environment.clone(),
        edits: edits.to_vec(),
    };
    let mut sources = sources;
    let mut backs: Vec<Vec<Vec<Splice>>> = vec![Vec::new(); sources.files.len()];
    let mut made: Vec<Vec<Change>> = vec![Vec::new(); sources.files.len()];
    let mut notes = Vec::new();
    let first_setting = setting_current(&sources).map(|(index, _)| index);
    for edit in edits {
        note_uncovered(edit, &sources, &mut notes);
        for (index, change) in targets(edit, &sources)? {
            let Source { path, state, .. } = &mut sources.files[index];
            let State::Read(file) = state else { continue };
            let file = &mut **file;
            let back = file.reading.apply(&mut file.text, &change);
            let back = back.map_err(|blocker| refusal(&change, path, &blocker, &request.files))?;
            if !back.is_empty() {
                backs[index].push(back);
                made[index].push(change);
            }
        }
    }
    for (source, made) in sources.files.iter().zip(&made).filter(|(_, made)| !made.is_empty()) {
        if let State::Read(file) = &source.state {
            notes.extend(unsupported(&source.path, file.text.text(), &file.reading, made));
        }
    }
    let current_context = sources.current_context().map(ToOwned::to_owned);
    note_successor(edits, first_setting, &sources, &mut notes);
    let changes = sources.files.into_iter().zip(backs).filter(|(_, backs)| !backs.is_empty());
    let changes = changes.filter_map(|(source, backs)| file_change(source, backs));
    Ok(Plan { request, changes: changes.collect(), current_context, notes })
}

fn file_change(source: Source, backs: Vec<Vec<Splice>>) -> Option<FileChange> {
    let State::Read(file) = source.state else { return None };
    let contents = file.text.into_bytes();
    let after = Fingerprint::of(&contents);
    if after == file.fingerprint {
        return None;
    }
    Some(FileChange {
        path: source.path,
        absolute: source.absolute,
        snapshot: file.snapshot,
        before: file.fingerprint,
        after,
        contents,
        back: backs.into_iter().rev().flatten().collect(),
    })
}

fn note_uncovered(edit: &Edit, sources: &Sources, notes: &mut Vec<String>) {
    let gone = match edit {
        Edit::DeleteContexts(names) => &names[..],
        Edit::RenameContext { from, to } | Edit::ReplaceContext { from, to } if from != to => {
            std::slice::from_ref(from)
        }
        _ => return,
    };
    for name in gone {
        if let Some(index) = uncovered(name, sources) {
            let file = sources.files[index].path.display();
            notes.push(format!("{file} has a context \"{}\" too, which then counts", sanitize_line(name)));
        }
    }
}

/// Notes what is current where no context was to be: clearing `current-context` in one file lets a later one count.
fn note_successor(edits: &[Edit], before: Option<usize>, sources: &Sources, notes: &mut Vec<String>) {
    let clears = |edit: &Edit| matches!(edit, Edit::UnsetCurrentContext | Edit::DeleteContexts(_));
    let now = setting_current(sources).filter(|(index, _)| Some(*index) != before);
    if let Some((index, name)) = now.filter(|_| edits.iter().any(clears)) {
        let file = sources.files[index].path.display();
        let name = sanitize_line(name);
        notes.push(format!("{file} makes \"{name}\" the current context then"));
    }
}

/// Words why a change can't be made, and the command that makes it at a price.
fn refusal(change: &Change, path: &Path, blocker: &Blocker, files: &KubeconfigFiles) -> Error {
    let what = match change {
        Change::Current(_) => "current-context".to_string(),
        Change::Namespace { context, .. } => {
            format!("the namespace of context \"{}\"", sanitize_line(context))
        }
        Change::Rename { from, .. } => format!("the name of context \"{}\"", sanitize_line(from)),
        Change::Add(_) => "the lists of contexts, clusters and users".to_owned(),
        Change::Delete { list, names } => {
            format!("the list of {} without \"{}\"", list.key(), sanitize_line(&names.join("\", \"")))
        }
    };
    let sentence = format!("cannot change {what} in {} alone: {}", path.display(), blocker.reason());
    let (verb, names, namespace) = match change {
        Change::Add(_) => {
            return Error::kubeconfig(sentence)
                .with_hint("name the new file in KUBECONFIG beside this one instead");
        }
        Change::Current(name) if name.is_empty() => ("unset".to_owned(), vec!["current-context"], None),
        Change::Current(name) => ("use-context".to_owned(), vec![name.as_str()], None),
        Change::Namespace { context, namespace } => {
            ("set-context".to_owned(), vec![context.as_str()], Some(namespace.as_deref().unwrap_or_default()))
        }
        Change::Rename { from, to } => ("rename-context".to_owned(), vec![from.as_str(), to.as_str()], None),
        Change::Delete { list, names } => {
            (format!("delete-{}", list.entry()), vec![names.first().map_or("", String::as_str)], None)
        }
    };
    let namespace = namespace.map(|namespace| format!("--namespace={namespace}"));
    let kubeconfig = match files {
        KubeconfigFiles::Explicit(path) => Some(format!("--kubeconfig={}", path.display())),
        _ => None,
    };
    let command = names.into_iter().fold(ShellCommand::new(["kubectl", "config", &verb]), ShellCommand::name);
    let command = [namespace, kubeconfig].into_iter().flatten().fold(command, ShellCommand::flag);
    Error::kubeconfig(sentence).with_hint(format!(
        "`{command}` can: it writes the whole file anew, without its comments and anchors"
    ))
}
