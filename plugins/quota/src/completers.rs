//! Completers that ask the cluster: within a second, or not at all.

use clap_complete::{ArgValueCandidates, CompletionCandidate};
use shared::{
    Result,
    cli::{ConnectionFlags, completion},
    client::{Client, Environment, ListOptions, Scope, dynamic_list},
    kubeconfig::{self, Kubeconfig, LoadOptions, kubeconfig_files, load},
    model::{
        ResourceQuota,
        kind::{Kind, kind_of},
    },
    output::StderrSink,
};

use crate::lint_rules;

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

/// Completes names of namespaces.
pub fn namespaces() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let kind = Kind { namespaced: false, ..kind_of("", "Namespace", "namespaces") };
            let found = dynamic_list::metadata(&connect(&connection)?, &kind, "").await?;
            Ok(found.into_iter().map(|namespace| namespace.name).collect())
        })
    })
}

/// Completes names of contexts, without any network.
pub fn contexts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let kubeconfig = kubeconfig_of(&completion::connection());
        let contexts = kubeconfig.map(|kubeconfig| kubeconfig.contexts).unwrap_or_default();
        contexts.into_iter().map(|context| CompletionCandidate::new(context.name)).collect()
    })
}

async fn listed_quotas(connection: &ConnectionFlags) -> Result<Vec<ResourceQuota>> {
    let client = connect(connection)?;
    let scope = Scope::Namespace(client.namespace().to_owned());
    client.list_all::<ResourceQuota>(&scope, &ListOptions::default()).await
}

/// Connects without a word: nothing may be said in the middle of one.
fn connect(connection: &ConnectionFlags) -> Result<Client> {
    let kubeconfig = kubeconfig_of(connection)?;
    Client::connect_with(connection, &kubeconfig, &Environment::from_process(), StderrSink::discard())
}

fn kubeconfig_of(connection: &ConnectionFlags) -> Result<Kubeconfig> {
    let environment = kubeconfig::Environment::from_process()?;
    let files = kubeconfig_files(connection.kubeconfig.as_deref(), &environment);
    load(&files, &environment, LoadOptions::default())
}

/// Completes names of the rules of `lint`.
pub fn rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let rules = lint_rules::candidates().into_iter();
        rules.map(|(id, title)| CompletionCandidate::new(id).help(Some(title.into()))).collect()
    })
}
