//! Which file each edit goes to: the rules of client-go's `ModifyConfig` and `writeCurrentContext`
//! (`tools/clientcmd/config.go`).

use std::collections::BTreeMap;

use super::{
    Edit,
    change::{Change, List},
    sources::{Sources, no_such_context},
    unused::Unused,
};
use crate::{
    Error, Result,
    cli::ExitStatus,
    kubeconfig::{RawEntries, RawEntry},
    output::sanitize_line,
};

/// The changes an edit asks for, each with the index of its file, in the order they are to be made; none where the
/// files already say so.
pub(super) fn targets(edit: &Edit, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    match edit {
        Edit::Require(pin) => pin.check(sources).map(|()| Vec::new()),
        Edit::SetCurrentContext(name) => set_current(name, sources),
        Edit::UnsetCurrentContext => {
            let setting = setting_current(sources).map(|(index, _)| index);
            Ok(setting.map(|index| (index, Change::Current(String::new()))).into_iter().collect())
        }
        Edit::SetNamespace { context, namespace } => set_namespace(context, Some(namespace), sources),
        Edit::UnsetNamespace { context } => set_namespace(context, None, sources),
        Edit::RenameContext { from, to } => rename(from, to, sources),
        Edit::ReplaceContext { from, to } => replace(from, to, sources),
        Edit::DeleteContexts(names) => delete(names, sources),
        Edit::DeleteUnused(unused) => delete_unused(unused, sources),
        Edit::AddEntries(entries) => add(entries, sources),
        Edit::ReplaceUser(user) => replace_user(user, sources),
    }
}

/// The first file that exists gets it, never the one that defines the context (`GetDefaultFilename`).
fn set_current(name: &str, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    if name.is_empty() {
        return Err(Error::usage("empty context names are not allowed"));
    }
    if sources.context(name).is_none() {
        return Err(no_such_context(sources, name));
    }
    if sources.current_context() == Some(name) {
        return Ok(Vec::new());
    }
    let first = sources.read_files().next().map(|(index, _)| index);
    Ok(first.map(|index| (index, Change::Current(name.to_string()))).into_iter().collect())
}

fn set_namespace(context: &str, namespace: Option<&str>, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    let Some(index) = defining(context, sources) else { return Err(no_such_context(sources, context)) };
    let namespace = namespace.filter(|namespace| !namespace.is_empty());
    let now = sources.context(context).and_then(|entry| entry.namespace);
    if now == namespace {
        return Ok(Vec::new());
    }
    let change =
        Change::Namespace { context: context.to_string(), namespace: namespace.map(ToString::to_string) };
    Ok(vec![(index, change)])
}

fn rename(from: &str, to: &str, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    if to.is_empty() {
        return Err(Error::usage("empty context names are not allowed"));
    }
    let Some(index) = defining(from, sources) else { return Err(no_such_context(sources, from)) };
    if from == to {
        return Ok(Vec::new());
    }
    if let Some(existing) = sources.context(to) {
        let sentence = format!(
            "cannot rename the context \"{}\", the context \"{}\" already exists in {}",
            sanitize_line(from),
            sanitize_line(to),
            existing.file.display()
        );
        return Err(Error::new(sentence)
            .with_status(ExitStatus::Guarded)
            .with_hint("choose another name, or delete that context first"));
    }
    Ok(renaming(index, from, to, sources))
}

fn renaming(index: usize, from: &str, to: &str, sources: &Sources) -> Vec<(usize, Change)> {
    let mut changes = vec![(index, Change::Rename { from: from.to_string(), to: to.to_string() })];
    if let Some((index, _)) = setting_current(sources).filter(|(_, current)| *current == from) {
        changes.push((index, Change::Current(to.to_string())));
    }
    changes
}

fn replace(from: &str, to: &str, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    if from == to || sources.context(to).is_none() {
        return rename(from, to, sources);
    }
    let Some(index) = defining(from, sources) else { return Err(no_such_context(sources, from)) };
    // In later files too: one that stays would hide the renamed one, or be hidden by it.
    let doomed = having(to, sources)
        .map(|index| (index, Change::Delete { list: List::Contexts, names: vec![to.to_string()] }));
    Ok(doomed.chain(renaming(index, from, to, sources)).collect())
}

fn delete_unused(unused: &Unused, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    let mut changes = Vec::new();
    for (list, names) in [(List::Clusters, &unused.clusters), (List::Users, &unused.users)] {
        for (index, file) in sources.read_files() {
            let mut contexts = file.reading.outline().contexts.iter();
            let using = contexts.find(|context| list.of(context).is_some_and(|name| names.contains(name)));
            if let Some(context) = using {
                let name = list.of(context).map_or("", String::as_str);
                let sentence = format!(
                    "{} \"{name}\" is used by context \"{}\" in {}",
                    list.entry(),
                    context.name,
                    sources.files[index].path.display()
                );
                return Err(Error::new(sentence)
                    .with_status(ExitStatus::Guarded)
                    .with_hint("nothing was deleted"));
            }
            let here = list.names(file.reading.outline());
            let doomed: Vec<String> = names.iter().filter(|name| here.contains(name)).cloned().collect();
            if !doomed.is_empty() {
                changes.push((index, Change::Delete { list, names: doomed }));
            }
        }
    }
    Ok(changes)
}

fn add(entries: &RawEntries, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    let lists = [
        (List::Contexts, &entries.contexts),
        (List::Clusters, &entries.clusters),
        (List::Users, &entries.users),
    ];
    for (list, new) in lists {
        for (index, file) in sources.read_files() {
            let outline = file.reading.outline();
            let is_taken = |name: &String| match list {
                List::Contexts => outline.context(name).is_some(),
                _ => list.names(outline).contains(name),
            };
            if let Some(entry) = new.iter().find(|entry| is_taken(&entry.name)) {
                let sentence = format!(
                    "a {} \"{}\" already exists in {}; nothing was added",
                    list.entry(),
                    sanitize_line(&entry.name),
                    sources.files[index].path.display()
                );
                return Err(Error::new(sentence).with_status(ExitStatus::Guarded));
            }
        }
    }
    let first = sources.read_files().next().map(|(index, _)| index);
    match first {
        Some(index) if !entries.is_empty() => Ok(vec![(index, Change::Add(entries.clone()))]),
        Some(_) => Ok(Vec::new()),
        None => Err(Error::kubeconfig("none of the kubeconfig files exists; nothing was added")),
    }
}

fn replace_user(user: &RawEntry, sources: &Sources) -> Result<Vec<(usize, Change)>> {
    let mut files = sources.read_files();
    let index = files.find(|(_, file)| file.reading.outline().users.contains(&user.name));
    let Some((index, _)) = index else {
        return Err(Error::new(format!("no user exists with the name \"{}\"", sanitize_line(&user.name))));
    };
    let added = RawEntries { users: vec![user.clone()], ..RawEntries::default() };
    Ok(vec![
        (index, Change::Delete { list: List::Users, names: vec![user.name.clone()] }),
        (index, Change::Add(added)),
    ])
}

fn delete(names: &[String], sources: &Sources) -> Result<Vec<(usize, Change)>> {
    let mut by_file: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for name in names {
        let Some(index) = defining(name, sources) else { return Err(no_such_context(sources, name)) };
        let doomed = by_file.entry(index).or_default();
        if !doomed.contains(name) {
            doomed.push(name.clone());
        }
    }
    // Cleared first, so that the name never dangles where several files change one after the other.
    let cleared = sources.read_files().filter_map(|(index, file)| {
        let current = file.reading.outline().current.as_ref()?;
        (names.contains(current) && uncovered(current, sources).is_none())
            .then(|| (index, Change::Current(String::new())))
    });
    let mut changes: Vec<(usize, Change)> = cleared.collect();
    changes.extend(
        by_file.into_iter().map(|(index, names)| (index, Change::Delete { list: List::Contexts, names })),
    );
    Ok(changes)
}

/// The file whose entry of a context counts.
fn defining(context: &str, sources: &Sources) -> Option<usize> {
    having(context, sources).next()
}

/// The file whose entry comes to count when the one that counts is gone.
pub(super) fn uncovered(context: &str, sources: &Sources) -> Option<usize> {
    having(context, sources).nth(1)
}

fn having(context: &str, sources: &Sources) -> impl Iterator<Item = usize> {
    let files = sources.read_files();
    files.filter(move |(_, file)| file.reading.outline().context(context).is_some()).map(|(index, _)| index)
}

/// The first file that sets a current context, and to what.
pub(super) fn setting_current(sources: &Sources) -> Option<(usize, &str)> {
    sources.read_files().find_map(|(index, file)| Some((index, file.reading.outline().current.as_deref()?)))
}
