//! Completers that ask the cluster: within a second, or not at all.

use clap_complete::{ArgValueCandidates, CompletionCandidate};
use shared::{
    Result,
    cli::{ConnectionFlags, completion},
    client::{Client, Environment, ListOptions, Scope},
    kubeconfig::{self, LoadOptions, kubeconfig_files, load},
    model::ResourceQuota,
    output::StderrSink,
};

use crate::commands::lint;

/// Completes names of quotas in the namespace in effect.
pub fn quotas() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let quotas = listed_quotas(&connection).await?;
            Ok(quotas.into_iter().map(|quota| quota.metadata.name).collect())
        })
    })
}

/// Completes the resources that the quotas of the namespace in effect limit.
pub fn resources() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let quotas = listed_quotas(&connection).await?;
            let mut names: Vec<_> =
                quotas.into_iter().flat_map(|quota| quota.spec.hard.into_keys()).collect();
            names.sort();
            names.dedup();
            Ok(names)
        })
    })
}

async fn listed_quotas(connection: &ConnectionFlags) -> Result<Vec<ResourceQuota>> {
    let client = connect(connection)?;
    let scope = Scope::Namespace(client.namespace().to_owned());
    client.list_all::<ResourceQuota>(&scope, &ListOptions::default()).await
}

/// Connects without a word: nothing may be said in the middle of one.
fn connect(connection: &ConnectionFlags) -> Result<Client> {
    let environment = kubeconfig::Environment::from_process()?;
    let files = kubeconfig_files(connection.kubeconfig.as_deref(), &environment);
    let kubeconfig = load(&files, &environment, LoadOptions::default())?;
    Client::connect_with(connection, &kubeconfig, &Environment::from_process(), StderrSink::discard())
}

/// Completes names of the rules of `lint`.
pub fn rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let rules = lint::candidates().into_iter();
        rules.map(|(id, title)| CompletionCandidate::new(id).help(Some(title.into()))).collect()
    })
}
