//! Completers: of contexts without any network, of namespaces within a second or not at all.

use clap_complete::{ArgValueCandidates, CompletionCandidate};
use shared::{cli::completion, output::StderrSink};

use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    namespaces,
};

/// Completes names of contexts, and `-`.
pub fn contexts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        let index = Kubeconfigs::locate(&connection).and_then(|kubeconfigs| ContextIndex::read(&kubeconfigs));
        let contexts = index.unwrap_or_default().contexts;
        contexts.into_iter().map(|context| CompletionCandidate::new(context.name)).collect()
    })
}

/// Completes names of namespaces of the cluster.
pub fn namespaces() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let kubeconfigs = Kubeconfigs::locate(&connection)?;
            // Nothing may be said in the middle of a word.
            let namespaces =
                namespaces::connect_and_list(&kubeconfigs, &connection, StderrSink::discard()).await?;
            Ok(namespaces.rows.into_iter().map(|row| row.name).collect::<Vec<_>>())
        })
    })
}
