//! What completes words: contexts without any network, namespaces within a second or not at all.

use clap_complete::{ArgValueCandidates, CompletionCandidate};
use shared::{
    cli::completion,
    client::{Client, Environment},
    output::StderrSink,
};

use crate::{args::NsSwitchArgs, known::Known, kubeconfigs::Kubeconfigs, list, outline::Outline};

/// Completes names of contexts, and `-`.
pub fn contexts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection::<NsSwitchArgs>();
        let outline = Kubeconfigs::of(&connection).and_then(|kubeconfigs| Outline::read(&kubeconfigs));
        let contexts = outline.unwrap_or_default().contexts;
        contexts.into_iter().map(|context| CompletionCandidate::new(context.name)).collect()
    })
}

/// Completes names of namespaces of the cluster.
pub fn namespaces() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection::<NsSwitchArgs>();
        completion::from_cluster(&connection, async {
            let kubeconfigs = Kubeconfigs::of(&connection)?;
            let kubeconfig = kubeconfigs.load(false)?;
            let client = Client::connect_with(
                &connection,
                &kubeconfig,
                &Environment::of_process(),
                StderrSink::discard(),
            )?;
            let known = Known::gather(&kubeconfigs, &kubeconfig, client.context())?;
            let namespaces = list::collect(&client, &known).await?;
            Ok(namespaces.rows.into_iter().map(|row| row.name).collect::<Vec<_>>())
        })
    })
}
