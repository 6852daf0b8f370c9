//! Several files, one kubeconfig.

use std::{collections::HashSet, sync::Arc};

use super::{
    CurrentContext, Extension, FileState, Kubeconfig, NamedCluster, NamedContext, NamedUser, SourceFile,
    parsed_file::{ParsedEntry, ParsedFile},
};

/// A file of the load and, where it could be read, what it says.
pub(super) struct LoadedFile {
    pub source: SourceFile,
    pub parsed: Option<ParsedFile>,
}

/// Merges files in order of precedence.
///
/// As in client-go's `Load` (`tools/clientcmd/loader.go`): of entries with one name the first file's counts, whole;
/// a scalar counts in the first file where it is not empty.
pub(super) fn merge(files: Vec<LoadedFile>) -> Kubeconfig {
    let mut merged = Kubeconfig::default();
    let (mut contexts, mut clusters, mut users) = (HashSet::new(), HashSet::new(), HashSet::new());
    for LoadedFile { mut source, parsed } in files {
        let Some(parsed) = parsed else {
            merged.files.push(Arc::new(source));
            continue;
        };
        source.state = FileState::Loaded {
            encoding: parsed.encoding,
            has_more_documents: parsed.has_more_documents,
            current_contexts: parsed.current_contexts,
        };
        source.contexts = names(&parsed.contexts);
        source.clusters = names(&parsed.clusters);
        source.users = names(&parsed.users);
        source.current_context = parsed.current_context;
        let file = Arc::new(source);
        merged.files.push(Arc::clone(&file));

        for ParsedEntry { name, entry, line, .. } in first_of_each_name(parsed.contexts, &mut contexts) {
            merged.contexts.push(NamedContext { name, context: entry, file: Arc::clone(&file), line });
        }
        for ParsedEntry { name, entry, line, problems } in first_of_each_name(parsed.clusters, &mut clusters)
        {
            merged.problems.extend(problems.iter().cloned());
            merged.clusters.push(NamedCluster {
                name,
                cluster: entry,
                file: Arc::clone(&file),
                line,
                problems,
            });
        }
        for ParsedEntry { name, entry, line, problems } in first_of_each_name(parsed.users, &mut users) {
            merged.problems.extend(problems.iter().cloned());
            merged.users.push(NamedUser { name, user: entry, file: Arc::clone(&file), line, problems });
        }
        if merged.current_context.is_none() {
            let name = file.current_context.clone();
            merged.current_context = name.map(|name| CurrentContext { name, file: Arc::clone(&file) });
        }
        merged.preferences.colors |= parsed.preferences.colors;
        merge_extensions(&mut merged.preferences.extensions, parsed.preferences.extensions);
        merge_extensions(&mut merged.extensions, parsed.extensions);
    }
    merged
}

fn names<T>(entries: &[ParsedEntry<T>]) -> Vec<String> {
    entries.iter().map(|entry| entry.name.clone()).collect()
}

fn first_of_each_name<T>(entries: Vec<ParsedEntry<T>>, seen: &mut HashSet<String>) -> Vec<ParsedEntry<T>> {
    entries.into_iter().filter(|entry| seen.insert(entry.name.clone())).collect()
}

fn merge_extensions(merged: &mut Vec<Extension>, more: Vec<Extension>) {
    for extension in more {
        if !merged.iter().any(|earlier| earlier.name == extension.name) {
            merged.push(extension);
        }
    }
}
