//! Completers: of Services within a second or not at all, of keys and rules without any network.

use clap_complete::{ArgValueCandidates, CompletionCandidate};
use shared::{
    cli::completion,
    client::{Client, ListOptions, Scope},
    kubeconfig::{Environment, LoadOptions, kubeconfig_files, load},
    model::Service,
    output::StderrSink,
};

use crate::{keys, rules::catalog};

/// Completes names of Services with load balancers.
pub fn services() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let environment = Environment::from_process()?;
            let files = kubeconfig_files(connection.kubeconfig.as_deref(), &environment);
            let kubeconfig = load(&files, &environment, LoadOptions::default())?;
            let process = shared::client::Environment::from_process();
            // Nothing may be said in the middle of a word.
            let client = Client::connect_with(&connection, &kubeconfig, &process, StderrSink::discard())?;
            let scope = Scope::Namespace(client.namespace().to_owned());
            let services = client.list_all::<Service>(&scope, &ListOptions::default()).await?;
            let balancers =
                services.into_iter().filter(|service| service.spec.service_type == "LoadBalancer");
            Ok(balancers.map(|service| service.metadata.name).collect())
        })
    })
}

/// Completes short keys.
pub fn short_keys() -> ArgValueCandidates {
    ArgValueCandidates::new(|| key_candidates().collect())
}

/// Completes names of rules.
pub fn rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| rule_candidates().collect())
}

/// Completes short keys and names of rules.
pub fn short_keys_and_rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| key_candidates().chain(rule_candidates()).collect())
}

fn rule_candidates() -> impl Iterator<Item = CompletionCandidate> {
    catalog::RULES.iter().map(|rule| CompletionCandidate::new(rule.id).help(Some(rule.title.into())))
}

fn key_candidates() -> impl Iterator<Item = CompletionCandidate> {
    keys::all().map(|key| CompletionCandidate::new(key.short).help(Some(key.summary.into())))
}
