//! Completers: of contexts without any network, of namespaces within a second or not at all.

use std::ffi::OsStr;

use clap::Arg;
use clap_complete::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use shared::{
    cli::{ConnectionFlags, completion},
    model::built_in_resources::BUILT_IN,
    output::StderrSink,
};

use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    namespaces,
};

/// Completes names of contexts.
pub fn contexts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| context_names().into_iter().map(CompletionCandidate::new).collect())
}

/// Makes a flag complete names of contexts.
pub fn with_contexts(flag: Arg) -> Arg {
    flag.add(contexts())
}

/// Completes `CONTEXT[/NAMESPACE]`: behind the slash, names of namespaces of that context's cluster.
pub fn contexts_and_namespaces() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let Some(typed) = typed.to_str() else { return Vec::new() };
        let contexts = context_names();
        let whole: Vec<CompletionCandidate> =
            contexts.iter().filter(|name| name.starts_with(typed)).map(CompletionCandidate::new).collect();
        match typed.rsplit_once('/') {
            // Names of contexts have slashes too: those come first.
            Some((context, namespace)) if whole.is_empty() && contexts.iter().any(|name| name == context) => {
                let connection =
                    ConnectionFlags { context: Some(context.to_owned()), ..completion::connection() };
                completion::from_cluster(&connection, async {
                    let names = namespace_names(&connection).await?;
                    let fitting = names.into_iter().filter(|name| name.starts_with(namespace));
                    Ok(fitting.map(|name| format!("{context}/{name}")).collect())
                })
            }
            _ => whole,
        }
    })
}

/// Completes names of contexts, and `NEW=OLD` behind the equals sign.
pub fn contexts_and_renames() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let Some(typed) = typed.to_str() else { return Vec::new() };
        let contexts = context_names();
        let names = contexts.iter().filter(|name| name.starts_with(typed)).cloned();
        let renames = typed.split_once('=').filter(|(new, _)| !new.is_empty()).map(|(new, old)| {
            let old_names = contexts.iter().filter(move |name| name.starts_with(old));
            old_names.map(move |name| format!("{new}={name}"))
        });
        names.chain(renames.into_iter().flatten()).map(CompletionCandidate::new).collect()
    })
}

/// Completes the two words of `whoami --can`.
pub fn verbs_and_resources() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
        let built_in = BUILT_IN.iter().flat_map(|(_, plurals)| plurals.iter().copied());
        verbs
            .into_iter()
            .chain(["namespaces", "nodes"])
            .chain(built_in)
            .map(CompletionCandidate::new)
            .collect()
    })
}

/// Completes names of namespaces of the cluster.
pub fn namespaces() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, namespace_names(&connection))
    })
}

fn context_names() -> Vec<String> {
    let connection = completion::connection();
    let index = Kubeconfigs::locate(&connection).and_then(|kubeconfigs| ContextIndex::read(&kubeconfigs));
    index.unwrap_or_default().contexts.into_iter().map(|context| context.name).collect()
}

async fn namespace_names(connection: &ConnectionFlags) -> shared::Result<Vec<String>> {
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    // Nothing may be said in the middle of a word.
    let namespaces = namespaces::connect_and_list(&kubeconfigs, connection, StderrSink::discard()).await?;
    Ok(namespaces.rows.into_iter().map(|row| row.name).collect())
}
