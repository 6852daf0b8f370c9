//! Deployments and pods that a run has left in the middle of a move.

use std::{collections::BTreeSet, time::Duration};

use futures::StreamExt as _;
use shared::{
    Result,
    client::{Client, ListOptions, Scope, WatchEvent},
    model::{Deployment, kind::kind_of},
};
use tokio::time::{Instant, timeout_at};

use super::{Marker, end, marker::selector, victim};
use crate::{
    facts::Workload,
    run::{driver::requests::on_node, runs},
};

/// How long to wait for a Deployment that was given back, before the deletion cost of the pod is taken away.
const SETTLES_WITHIN: Duration = Duration::from_secs(60);

/// Returns the Deployments of which a run, or any run, moves a pod or has left off in the middle, each with its run.
///
/// # Errors
/// Deployments can't be listed.
pub async fn left(client: &Client, run: Option<&str>) -> Result<Vec<(String, Workload)>> {
    let Some(selector) = selector(run) else { return Ok(Vec::new()) };
    let options = ListOptions { label_selector: Some(selector), ..ListOptions::default() };
    let all = match client.list_all::<Deployment>(&Scope::All, &options).await {
        // Whoever may not see Deployments has moved none.
        Err(error) if error.is_api(403) => return Ok(Vec::new()),
        listed => listed?,
    };
    let workload = |found: &Deployment| Workload {
        namespace: found.metadata.namespace.clone(),
        kind: "Deployment".to_owned(),
        name: found.metadata.name.clone(),
    };
    Ok(all.iter().filter_map(|found| Some((Marker::of(found)?.run, workload(found)))).collect())
}

/// Gives back all Deployments that a run has left scaled up or in a restart, and returns them; then the pods of its nodes and
/// of those Deployments that were to go and are still there.
///
/// # Errors
/// Deployments or pods can't be read or written.
pub async fn restore(client: &Client, run: &str, nodes: &[String]) -> Result<Vec<Workload>> {
    let mut restored = Vec::new();
    for (_, deployment) in left(client, Some(run)).await? {
        if end(client, run, &deployment).await? {
            // Marked until the ReplicaSet has chosen: it is to remove this one, if the other is Ready.
            settle(client, &deployment).await?;
            restored.push(deployment);
        }
    }
    // Whoever was killed between giving a Deployment back and this has left only pods.
    let pods = kind_of("", "Pod", "pods");
    let everywhere = pods.collection("");
    let everywhere = everywhere.as_str();
    let all = nodes.iter().map(|node| on_node(node));
    let all = client
        .bounded(all, |options| async move { victim::unmark_all(client, run, everywhere, &options).await });
    all.await.into_iter().collect::<Result<()>>()?;
    let namespaces: BTreeSet<&str> = restored.iter().map(|one| one.namespace.as_str()).collect();
    for namespace in namespaces {
        victim::unmark_all(client, run, &pods.collection(namespace), &ListOptions::default()).await?;
    }
    Ok(restored)
}

/// Gives back what earlier runs of some nodes have left that nobody carries out anymore. Returns the Deployments, each with
/// its run.
///
/// # Errors
/// As [`runs::recorded`], [`runs::holder`] and [`restore`].
pub async fn restore_earlier(client: &Client, nodes: &[String]) -> Result<Vec<(String, Workload)>> {
    let mut restored = Vec::new();
    if left(client, None).await?.is_empty() {
        return Ok(restored);
    }
    for run in runs::recorded(client).await? {
        let names = run.node_names();
        let is_earlier = !run.surged.is_empty() && names.iter().any(|name| nodes.contains(name));
        if is_earlier && runs::holder(client, &run).await?.is_none() {
            let all = restore(client, &run.name, &names).await?;
            restored.extend(all.into_iter().map(|deployment| (run.name.clone(), deployment)));
        }
    }
    Ok(restored)
}

/// Waits until a Deployment is settled, or for a minute.
async fn settle(client: &Client, deployment: &Workload) -> Result<()> {
    let name = format!("metadata.name={}", deployment.name);
    let options = ListOptions { field_selector: Some(name), ..ListOptions::default() };
    let mut watch =
        client.watch_closely::<Deployment>(Scope::Namespace(deployment.namespace.clone()), options);
    let deadline = Instant::now() + SETTLES_WITHIN;
    while let Ok(Some(told)) = timeout_at(deadline, watch.next()).await {
        match told? {
            WatchEvent::Restarted(all) if all.iter().all(Deployment::is_settled) => break,
            WatchEvent::Added(one) | WatchEvent::Modified(one) if one.is_settled() => break,
            WatchEvent::Deleted(_) => break,
            _ => {}
        }
    }
    Ok(())
}
