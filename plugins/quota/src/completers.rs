//! Completers that ask the cluster: within a second, or not at all.

use std::collections::BTreeSet;

use clap_complete::{ArgValueCandidates, CompletionCandidate};
use shared::{
    Result,
    admission::quota_facts::SCOPES,
    cli::{ConnectionFlags, completion},
    client::{Client, Environment, ListOptions, Scope, dynamic_list},
    kubeconfig::{self, Kubeconfig, LoadOptions, kubeconfig_files, load},
    model::{
        Namespace, ObjectMeta, ResourceQuota,
        kind::{Kind, kind_of, workloads as model_workloads},
    },
    output::StderrSink,
};

use crate::{lint_rules, type_and_name::kind_called};

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

/// Completes workloads as `deployment/web`: the types, and after a slash what there is of the type.
pub fn workloads() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let client = connect(&connection)?;
            let lists = client.bounded(model_workloads(), |kind| {
                let client = &client;
                async move {
                    let found = dynamic_list::metadata(client, &kind, client.namespace()).await;
                    // Of ReplicaSets and Jobs those that something controls are not what one types.
                    let own = found.unwrap_or_default().into_iter().filter(|one| one.controller().is_none());
                    let word = kind.kind.to_lowercase();
                    own.map(|one| format!("{word}/{}", one.name)).collect::<Vec<_>>()
                }
            });
            Ok(lists.await.concat())
        })
    })
}

/// Completes the name of a workload whose type is a word before: `deployment web`.
pub fn names_of_type() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let words = completion::finished_words();
        let kind = words.iter().rev().filter_map(|word| word.to_str()).find_map(kind_called);
        let Some(kind) = kind else { return Vec::new() };
        let connection = completion::connection();
        completion::from_cluster(&connection, async {
            let client = connect(&connection)?;
            let found = dynamic_list::metadata(&client, &kind, client.namespace()).await?;
            let is_typed = |one: &ObjectMeta| kind.kind == "Pod" || one.controller().is_none();
            Ok(found.into_iter().filter(is_typed).map(|one| one.name).collect())
        })
    })
}

/// Completes `--by`: what rows are grouped by, and the labels that namespaces have.
pub fn groups() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        let words = ["namespace", "quota", "resource"].map(CompletionCandidate::new);
        let labels = completion::from_cluster(&connection, async {
            let client = connect(&connection)?;
            let found = client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await?;
            let keys: BTreeSet<String> =
                found.into_iter().flat_map(|namespace| namespace.metadata.labels.into_keys()).collect();
            Ok(keys.into_iter().map(|key| format!("label:{key}")).collect())
        });
        words.into_iter().chain(labels).collect()
    })
}

/// Completes the names of resources that quotas can limit: those that they do, and the usual ones.
pub fn hard_limits() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        let listed = completion::from_cluster(&connection, async {
            let quotas = listed_quotas(&connection).await?;
            Ok(quotas.into_iter().flat_map(|quota| quota.spec.hard.into_keys()).collect::<Vec<_>>())
        });
        let listed = listed.into_iter().map(|one| one.get_value().to_string_lossy().into_owned());
        let usual = USUAL.iter().map(|name| (*name).to_owned());
        let names: BTreeSet<String> = usual.chain(listed).collect();
        names.into_iter().map(|name| CompletionCandidate::new(format!("{name}="))).collect()
    })
}

/// Completes the scopes of quotas.
pub fn scopes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| SCOPES.iter().map(CompletionCandidate::new).collect())
}

/// What quotas limit most often.
const USUAL: [&str; 12] = [
    "count/deployments.apps",
    "count/jobs.batch",
    "limits.cpu",
    "limits.memory",
    "persistentvolumeclaims",
    "pods",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "services",
    "services.loadbalancers",
    "services.nodeports",
];

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
