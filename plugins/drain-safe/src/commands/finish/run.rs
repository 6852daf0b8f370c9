//! Giving nodes back to the scheduler once they are Ready, and naming what is worth a restart.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures::StreamExt as _;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::{Client, ListOptions, Scope, WatchEvent},
    model::{Node, Pod},
    output::{Printer, ShellCommand},
};
use tokio::time::{Instant, timeout_at};

use super::args::FinishArgs;
use crate::{
    flags::TargetFlags,
    run::{annotations::NodeState, cordon, driver::locks, identity::Identity, runs, surge, verdict::worst},
};

/// Runs the command.
///
/// # Errors
/// A node does not exist or can't be written; somebody drains it.
pub fn run(args: FinishArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let names = TargetFlags { nodes: args.nodes.clone(), ..TargetFlags::default() }.names()?;
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        let mut statuses = Vec::new();
        for name in &names {
            statuses.push(finish(&client, name, &args, printer).await?);
        }
        name_surged(&client, printer).await?;
        name_owners(&client, &names, printer).await?;
        Ok(worst(statuses))
    })
}

async fn finish(client: &Client, name: &str, args: &FinishArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let node: Node = client.get("", name).await?;
    let run = NodeState::of_annotations(&node.metadata.annotations).map(|(run, _)| run);
    let wanted = args.version.as_deref();
    if !wait(client, name, wanted, args.timeout.0, printer).await? {
        printer.note(format!("node/{name} is not Ready in time, and stays cordoned"));
        return Ok(ExitStatus::Incomplete);
    }
    let Some(run) = run else {
        printer.note(format!("node/{name} carries no run of ours, and is left as it is"));
        return Ok(ExitStatus::Success);
    };
    let identity = Identity::of_process(client, Some(run.clone())).await;
    let sink = printer.stderr_sink();
    let waiting = |node: &str, holder: &str| {
        sink.note(&format!("node {node} is held by {holder}: waiting up to 15 s to see whether it lives"));
    };
    let leases = locks::acquire(client, &[name.to_owned()], &identity, false, waiting).await?;
    let outcome = cordon::uncordon(client, name, &run).await;
    for lease in leases {
        // Nobody waits for more than 15 s for one that can't be released.
        lease.release().await.ok();
    }
    match outcome? {
        Some(true) => printer.data(&format!("node/{name} uncordoned\n"))?,
        _ => printer.data(&format!("node/{name} left as it was\n"))?,
    }
    Ok(ExitStatus::Success)
}

/// Waits until a node is Ready and of a version.
async fn wait(
    client: &Client,
    name: &str,
    version: Option<&str>,
    limit: Option<Duration>,
    printer: &mut Printer,
) -> Result<bool> {
    let options =
        ListOptions { field_selector: Some(format!("metadata.name={name}")), ..ListOptions::default() };
    let is_done = |node: &Node| {
        let is_ready = node.condition("Ready").is_some_and(|condition| condition.status == "True");
        is_ready && version.is_none_or(|version| node.status.node_info.kubelet_version == version)
    };
    // A year is for ever, and no moment that the clock can't express.
    let deadline = Instant::now() + limit.unwrap_or(Duration::from_secs(365 * 24 * 3600));
    let mut watch = client.watch_closely::<Node>(Scope::All, options);
    let mut has_said = false;
    loop {
        let Ok(told) = timeout_at(deadline, watch.next()).await else { return Ok(false) };
        let Some(told) = told else { return Ok(false) };
        let nodes = match told? {
            WatchEvent::Restarted(nodes) if nodes.is_empty() => return Err(gone(name)),
            WatchEvent::Restarted(nodes) => nodes,
            WatchEvent::Added(node) | WatchEvent::Modified(node) => vec![node],
            WatchEvent::Deleted(_) => return Err(gone(name)),
            WatchEvent::Interrupted { .. } | WatchEvent::Reconnected => continue,
        };
        if nodes.iter().any(is_done) {
            return Ok(true);
        }
        if !std::mem::replace(&mut has_said, true) {
            let of = version.map(|version| format!(" at version {version}")).unwrap_or_default();
            printer.note(format!("waiting until node/{name} is Ready{of}"));
        }
    }
}

fn gone(name: &str) -> Error {
    Error::new(format!("node {name} was deleted"))
}

/// Names Deployments that a run has left in the middle of a move, and that nobody gives back since its nodes are finished.
async fn name_surged(client: &Client, printer: &mut Printer) -> Result<()> {
    if surge::left(client, None).await?.is_empty() {
        return Ok(());
    }
    for run in runs::find(client).await?.iter().filter(|run| run.nodes.is_empty() && run.holder.is_none()) {
        printer.note(run.left_surged().unwrap_or_default());
    }
    Ok(())
}

/// Names workloads that have several pods on one node and none on those that are back: nothing moves them there.
async fn name_owners(client: &Client, back: &[String], printer: &mut Printer) -> Result<()> {
    let mut on_nodes: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    let pods: Vec<Pod> = client.list_all(&Scope::All, &ListOptions::default()).await?;
    for pod in pods {
        let Some(owner) = pod.metadata.controller() else { continue };
        // The name of a ReplicaSet is that of its Deployment and a hash.
        let workload = match owner.kind.as_str() {
            "ReplicaSet" => owner.name.rsplit_once('-').map(|(name, _)| format!("deployment/{name}")),
            "StatefulSet" => Some(format!("statefulset/{}", owner.name)),
            _ => None,
        };
        if let Some(workload) = workload.filter(|_| !pod.spec.node_name.is_empty()) {
            let nodes = on_nodes.entry((pod.metadata.namespace.clone(), workload)).or_default();
            *nodes.entry(pod.spec.node_name.clone()).or_default() += 1;
        }
    }
    let back: BTreeSet<&str> = back.iter().map(String::as_str).collect();
    let crowded: Vec<String> = on_nodes
        .into_iter()
        .filter(|(_, nodes)| {
            nodes.values().any(|count| *count > 1) && nodes.keys().all(|node| !back.contains(node.as_str()))
        })
        .map(|((namespace, workload), _)| {
            ShellCommand::new(["kubectl", "rollout", "restart"])
                .name(workload)
                .flag_with("-n", namespace)
                .to_string()
        })
        .collect();
    if !crowded.is_empty() {
        printer.note(format!(
            "Pods do not come back by themselves. These workloads have several pods on one node:\n  {}",
            crowded.join("\n  ")
        ));
    }
    Ok(())
}
