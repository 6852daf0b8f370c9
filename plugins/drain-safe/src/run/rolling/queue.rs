//! The nodes of a rolling, which carry its annotations from the beginning until they are done.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Node as ApiNode;
use shared::{Result, client::Client};

use super::{
    super::{
        annotations::NodeState,
        cordon,
        runs::{FoundNode, FoundRun},
    },
    QUEUED, RollingNode, RollingState, of_another_run,
};
use crate::facts::Workload;

/// Writes a rolling on all of its nodes, or on none.
///
/// # Errors
/// One belongs to another run, or can't be written.
pub async fn enqueue(client: &Client, run: &str, state: &NodeState, nodes: &[RollingNode]) -> Result<()> {
    for (index, node) in nodes.iter().enumerate() {
        let rolling = Some(node.rolling.clone());
        let state = NodeState { phase: QUEUED.to_owned(), rolling, ..state.clone() };
        let outcome = cordon::enqueue(client, &node.name, &node.uid, run, &state).await;
        let failure = match outcome {
            Ok(None) => continue,
            Ok(Some(other)) => of_another_run(&node.name, &other),
            Err(error) => error,
        };
        for written in &nodes[..index] {
            // What can't be taken back is taken back by `undo`.
            cordon::uncordon(client, &written.name, run).await.ok();
        }
        return Err(failure);
    }
    Ok(())
}

/// Returns the nodes of a run in the order of its rolling; none of a run that is not one.
pub fn nodes_of(run: &FoundRun) -> Option<Vec<RollingNode>> {
    let node = |found: &FoundNode| {
        let rolling: RollingState = found.state.rolling.clone()?;
        let metadata = &found.node.metadata;
        let (name, uid) = (metadata.name.clone(), metadata.uid.clone());
        Some(RollingNode { name, uid, phase: found.state.phase.clone(), rolling })
    };
    let mut nodes: Vec<_> = run.nodes.iter().filter_map(node).collect();
    nodes.sort_by_key(|node| node.rolling.place);
    Some(nodes).filter(|nodes| !nodes.is_empty())
}

/// Returns how many pods of the workloads of a node were Ready before its drain; none where it is gone.
///
/// # Errors
/// It can't be read.
pub async fn ready_of(client: &Client, node: &str, run: &str) -> Result<BTreeMap<Workload, usize>> {
    let found = match client.cluster_objects::<ApiNode>().get(node).await {
        Err(error) if error.is_api(404) => return Ok(BTreeMap::new()),
        found => found?,
    };
    let state = NodeState::of_annotations(&cordon::annotations(&found));
    let state = state.filter(|(of, _)| of == run).map(|(_, state)| state).unwrap_or_default();
    Ok(state.ready_pods().collect())
}

/// Returns the same by node, as an order has it: none before the drain has begun.
///
/// # Errors
/// As [`ready_of`].
pub async fn all_ready_of(
    client: &Client,
    node: &str,
    run: &str,
) -> Result<BTreeMap<String, BTreeMap<Workload, usize>>> {
    let ready = ready_of(client, node, run).await?;
    Ok(BTreeMap::from([(node.to_owned(), ready)])
        .into_iter()
        .filter(|(_, ready)| !ready.is_empty())
        .collect())
}
