//! The floor of a drain: every pod of some nodes is evicted over some connections, and then waited for. No budgets, no cordon,
//! no second look.

use std::collections::BTreeSet;

use futures::{StreamExt as _, stream};
use shared::{
    Error, Result,
    cli::ConnectionFlags,
    client::{Client, ListOptions, Scope, WatchEvent},
    model::Pod,
    output::Printer,
};

/// Evicts the pods of some nodes.
///
/// # Errors
/// What the client reports.
pub async fn evict(
    connection: &ConnectionFlags,
    nodes: &[String],
    connections: usize,
    printer: &Printer,
) -> Result<usize> {
    let client = Client::connect(connection, printer).await?;
    let selector = match nodes {
        [node] => Some(format!("spec.nodeName={node}")),
        _ => None,
    };
    let options = ListOptions { field_selector: selector, ..ListOptions::default() };
    let mut watch = client.watch_closely::<Pod>(Scope::All, options);
    let Some(WatchEvent::Restarted(mut pods)) = watch.next().await.transpose()? else {
        return Err(Error::new("the watch did not begin with a list"));
    };
    pods.retain(|pod| nodes.contains(&pod.spec.node_name));
    let mut left: BTreeSet<String> = pods.iter().map(|pod| pod.metadata.uid.clone()).collect();
    let evictions = stream::iter(&pods)
        .map(|pod| client.evict(&pod.metadata.namespace, &pod.metadata.name, Default::default()))
        .buffer_unordered(connections);
    let outcomes: Vec<Result<()>> = evictions.collect().await;
    outcomes.into_iter().collect::<Result<()>>()?;
    while !left.is_empty() {
        match watch.next().await.transpose()? {
            Some(WatchEvent::Deleted(pod)) => drop(left.remove(&pod.metadata.uid)),
            Some(WatchEvent::Restarted(pods)) => {
                left.retain(|uid| pods.iter().any(|pod| pod.metadata.uid == *uid));
            }
            Some(_) => {}
            None => return Err(Error::new("the watch ended")),
        }
    }
    Ok(pods.len())
}
