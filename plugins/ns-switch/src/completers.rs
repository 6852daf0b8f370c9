//! What completes words: contexts without any network, namespaces within a second or not at all.

use clap_complete::{ArgValueCandidates, CompletionCandidate};
use shared::{
    cli::completion,
    client::{Client, Surroundings},
};

use crate::{
    kubeconfigs::{Kubeconfigs, Outline},
    namespaces::{self, Known},
};

/// Completes names of contexts, and `-`.
pub fn contexts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        let outline = Kubeconfigs::of(&connection).and_then(|kubeconfigs| Outline::read(&kubeconfigs));
        let contexts = outline.unwrap_or_default().contexts;
        contexts.into_iter().map(|context| CompletionCandidate::new(context.name)).collect()
    })
}

/// Completes names of namespaces of the cluster.
pub fn namespaces() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let kubeconfigs = Kubeconfigs::of(&connection)?;
            let kubeconfig = kubeconfigs.load(false)?;
            let client = Client::connect_with(&connection, &kubeconfig, &Surroundings::of_process())?;
            let known = Known::gather(&kubeconfigs, &kubeconfig, client.context())?;
            let namespaces = namespaces::collect(&client, &known).await?;
            Ok(namespaces.rows.into_iter().map(|row| row.name).collect::<Vec<_>>())
        })
    })
}
