//! Waiting until a node, or another one in its place, has come back, and until its workloads are whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures::{
    StreamExt as _,
    stream::{SelectAll, select_all},
};
use shared::{
    Error, Result,
    client::{Client, ListOptions, Scope, WatchEvent},
    model::Node,
    selector::LabelSelector,
};
use tokio::time::{Instant, timeout_at};

use super::{
    super::{
        driver::{
            failed_creations::failed_creations,
            watches::{self, Brought, Watch},
        },
        machine::{Event, FailedCreations, MissingPods, PodCount, Stop},
    },
    RollingNode,
};
use crate::facts::Workload;

/// Waits until a node is back, and returns its name or that of the one in its place; none when the time is over. `taken` are
/// nodes that stand for others already.
///
/// # Errors
/// Nodes can't be watched.
pub async fn wait_back(
    client: &Client,
    of: &RollingNode,
    taken: &BTreeSet<String>,
    limit: Option<Duration>,
) -> Result<Option<String>> {
    let selector = of.rolling.selector.as_deref().map(LabelSelector::parse).transpose()?;
    let deadline = deadline(limit);
    let mut watch = client.watch_closely::<Node>(Scope::All, ListOptions::default());
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    while let Ok(Some(told)) = timeout_at(deadline, watch.next()).await {
        match told? {
            WatchEvent::Restarted(all) => {
                nodes = all.into_iter().map(|node| (node.metadata.name.clone(), node)).collect();
            }
            WatchEvent::Added(node) | WatchEvent::Modified(node) => {
                nodes.insert(node.metadata.name.clone(), node);
            }
            WatchEvent::Deleted(node) => drop(nodes.remove(&node.metadata.name)),
            WatchEvent::Interrupted { .. } | WatchEvent::Reconnected => continue,
        }
        if let Some(name) = back(of, &nodes, taken, selector.as_ref()) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn back(
    of: &RollingNode,
    nodes: &BTreeMap<String, Node>,
    taken: &BTreeSet<String>,
    selector: Option<&LabelSelector>,
) -> Option<String> {
    match nodes.get(&of.name) {
        Some(node) if node.metadata.uid == of.uid => of.rolling.is_back(node).then(|| of.name.clone()),
        // Deleted and registered anew.
        Some(node) => of.rolling.is_replaced_by(node).then(|| of.name.clone()),
        None => {
            let selected =
                |node: &&Node| selector.is_none_or(|selector| selector.matches(&node.metadata.labels));
            let new = nodes.values().filter(|node| !taken.contains(&node.metadata.name)).filter(selected);
            let mut new = new.filter(|node| of.rolling.is_replaced_by(node));
            new.next().map(|node| node.metadata.name.clone())
        }
    }
}

/// Waits until workloads have as many Ready pods as they had. Returns those that have not when the time is over, in a
/// sentence.
///
/// # Errors
/// Pods can't be watched.
pub async fn wait_whole(
    client: &Client,
    wanted: &BTreeMap<Workload, usize>,
    limit: Option<Duration>,
) -> Result<Option<String>> {
    let namespaces: BTreeSet<&str> = wanted.keys().map(|workload| workload.namespace.as_str()).collect();
    let watches = namespaces
        .iter()
        .flat_map(|namespace| [watches::ready_pods(client, namespace), failed_creations(client, namespace)]);
    let mut watches: SelectAll<Watch<'_>> = select_all(watches);
    let mut counted: BTreeMap<String, BTreeMap<Workload, PodCount>> = BTreeMap::new();
    let mut refused: BTreeMap<String, FailedCreations> = BTreeMap::new();
    let deadline = deadline(limit);
    loop {
        let Some(missing) = missing(wanted, &counted, &refused) else { return Ok(None) };
        let Ok(Some(brought)) = timeout_at(deadline, watches.next()).await else { return Ok(Some(missing)) };
        let (Brought::Events(events) | Brought::Lost(_, events)) = brought;
        for event in events {
            match event {
                Event::ReadyPods { namespace, counted: these } => drop(counted.insert(namespace, these)),
                Event::FailedCreations { namespace, failed } => drop(refused.insert(namespace, failed)),
                Event::Stopped(Stop::NotPermitted(why) | Stop::Unreachable(why)) => {
                    return Err(Error::new(why));
                }
                _ => {}
            }
        }
    }
}

fn missing(
    wanted: &BTreeMap<Workload, usize>,
    counted: &BTreeMap<String, BTreeMap<Workload, PodCount>>,
    refused: &BTreeMap<String, FailedCreations>,
) -> Option<String> {
    let missing = wanted.iter().filter_map(|(workload, wanted)| {
        let of_namespace = counted.get(&workload.namespace);
        let there = of_namespace.and_then(|counted| counted.get(workload)).copied().unwrap_or_default();
        let failed = refused.get(&workload.namespace);
        (of_namespace.is_none() || there.ready < *wanted).then_some(MissingPods {
            workload,
            there,
            wanted: *wanted,
            failed,
        })
    });
    MissingPods::sentence(&missing.collect::<Vec<_>>())
}

fn deadline(limit: Option<Duration>) -> Instant {
    // A year is for ever, and no moment that the clock can't express.
    Instant::now() + limit.unwrap_or(Duration::from_secs(365 * 24 * 3600))
}
