//! The floor of a drain: every pod of a node is evicted over some connections, and then waited for. No budgets, no cordon,
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

/// Evicts the pods of a node.
///
/// # Errors
/// What the client reports.
pub async fn evict(
    connection: &ConnectionFlags,
    node: &str,
    connections: usize,
    printer: &Printer,
) -> Result<usize> {
    let client = Client::connect(connection, printer).await?;
    let options =
        ListOptions { field_selector: Some(format!("spec.nodeName={node}")), ..ListOptions::default() };
    let mut watch = client.watch_closely::<Pod>(Scope::All, options);
    let Some(WatchEvent::Restarted(pods)) = watch.next().await.transpose()? else {
        return Err(Error::new("the watch did not begin with a list"));
    };
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
                left = pods.iter().map(|pod| pod.metadata.uid.clone()).collect()
            }
            Some(_) => {}
            None => return Err(Error::new("the watch ended")),
        }
    }
    Ok(pods.len())
}
