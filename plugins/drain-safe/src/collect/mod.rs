//! Reads what a plan is decided from: of a cluster, or of a dump.

mod choice;
mod dump;
mod endpoint;
mod holders;
mod lists;
mod owners;
mod quotas;
mod stale;
mod targets;
mod webhooks;

use std::path::Path;

use futures::join;
use shared::{
    Result,
    admission::version::Version,
    client::{Client, incomplete::Skipped},
    manifest::json::text,
};

pub use choice::Choice;

use crate::facts::Facts;

/// Reads a cluster.
///
/// # Errors
/// Nodes or pods that can't be listed, a node that does not exist, and everything else that prevents an answer. Other
/// lists that are refused are noted in `skipped`.
pub async fn from_cluster(client: &Client, choice: &Choice) -> Result<Facts> {
    choice.check()?;
    // What pods that stay need not keep depends on nodes that are selected.
    let first = if choice.selects() { lists::nodes(client).await? } else { Vec::new() };
    let all_nodes = async { if choice.selects() { Ok(first.clone()) } else { lists::nodes(client).await } };
    let (nodes, pods, budgets, namespaces, version) = join!(
        all_nodes,
        lists::pods(client, choice.may_take(&first)),
        lists::budgets(client),
        lists::namespaces(client),
        client.get_json::<serde_json::Value>("/version"),
    );
    let (nodes, pods) = (nodes?, pods?);
    let mut facts = Facts {
        // Deletion timestamps are by the server's clock.
        now: client.server_time(),
        server_host: endpoint::host(client.server()),
        targets: choice.nodes(&nodes, &pods)?,
        nodes,
        pods,
        ..Facts::default()
    };
    // A server that does not say its version is taken for the newest.
    if let Ok(version) = version {
        facts.version = Version::from_server(&version).unwrap_or_default();
        facts.server_version = Some(text(&version["gitVersion"]).to_owned());
    }
    facts.namespaces = skip(namespaces, "namespaces", &mut facts.skipped)?;
    lists::add_budgets(client, budgets, &mut facts).await?;
    if facts.targets.is_empty() {
        return Ok(facts);
    }
    let (owners, storage, autoscalers, status, quotas, webhooks, holders, stale) = join!(
        owners::read(client, &facts),
        lists::storage(client, &facts),
        lists::autoscalers(client),
        lists::has_autoscaler_status(client),
        quotas::read(client, &facts),
        webhooks::read(client),
        holders::read(client, facts.now),
        stale::reread(client, &facts),
    );
    let (owners, skipped) = owners?;
    facts.owners = owners;
    facts.skipped.extend(skipped);
    let (storage, skipped) = storage?;
    facts.storage = storage;
    facts.skipped.extend(skipped);
    facts.autoscalers =
        skip(autoscalers, "horizontalpodautoscalers.autoscaling", &mut facts.skipped)?.unwrap_or_default();
    facts.has_autoscaler_status = status;
    quotas::add(quotas?, &mut facts);
    facts.webhooks = webhooks?;
    facts.held = holders?;
    for budget in stale? {
        let is_same = |one: &&mut shared::model::PodDisruptionBudget| one.metadata.uid == budget.metadata.uid;
        if let Some(known) = facts.budgets.iter_mut().find(is_same) {
            *known = budget;
        }
    }
    Ok(facts)
}

/// Reads a dump.
///
/// # Errors
/// A dump that can't be read or has no nodes or no pods, and a node that it lacks.
pub fn from_dump(path: &Path, choice: &Choice, now: i64) -> Result<Facts> {
    dump::read(path, choice, now)
}

/// Returns a list, or none where it was refused, which is noted.
fn skip<T>(outcome: Result<T>, resource: &str, skipped: &mut Vec<Skipped>) -> Result<Option<T>> {
    shared::client::incomplete::unless_forbidden(outcome, skipped, "list", resource, "")
}
