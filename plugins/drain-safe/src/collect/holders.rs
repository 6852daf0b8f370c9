//! Other runs that hold nodes, by their Leases.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use serde_json::Value;
use shared::{
    Result,
    client::{Client, ListOptions, dynamic_list},
    manifest::json::text,
    model::kind::kind_of,
    output::sanitize_line,
};
use tokio::time::sleep;

use crate::facts::Holder;

/// The namespace of the Leases.
const NAMESPACE: &str = "kube-system";
/// The beginning of their names; the node's follows.
const PREFIX: &str = "kubectl-drain-safe.";
/// Seconds without a change after which a run is dead.
const DEAD_AFTER: i64 = 15;
/// Within this time a live run renews a Lease.
const PATIENCE: Duration = Duration::from_secs(6);

/// Reads which nodes are held by runs that live. Leases that may not be read count as none: the drain itself, which
/// needs the right to write them, refuses then.
///
/// # Errors
/// Errors other than a refusal.
pub async fn read(client: &Client, now: i64) -> Result<BTreeMap<String, Holder>> {
    let leases = list(client).await?;
    let old = |holder: &Holder| (now - holder.renewed).abs() >= DEAD_AFTER;
    if !leases.values().any(old) {
        return Ok(leases);
    }
    // Clocks may differ: a Lease that looks old is one of a live run if it changes.
    let held: Vec<_> = leases
        .iter()
        .filter(|(_, holder)| old(holder))
        .map(|(node, holder)| format!("{} ({})", sanitize_line(node), sanitize_line(&holder.run)))
        .collect();
    client.note(&format!(
        "Waiting {} seconds to see whether other runs are alive, whose Leases look old: {}",
        PATIENCE.as_secs(),
        held.join(", ")
    ));
    sleep(PATIENCE).await;
    let later = list(client).await?;
    let lives = |(node, holder): &(String, Holder)| !old(holder) || leases.get(node) != Some(holder);
    Ok(later.into_iter().filter(lives).collect())
}

async fn list(client: &Client) -> Result<BTreeMap<String, Holder>> {
    let kind = kind_of("coordination.k8s.io", "Lease", "leases");
    let leases = match dynamic_list::objects(client, &kind, NAMESPACE, &ListOptions::default()).await {
        Err(error) if error.is_api(403) => Vec::new(),
        leases => leases?,
    };
    Ok(leases.iter().filter_map(holder).collect())
}

fn holder(lease: &Value) -> Option<(String, Holder)> {
    let node = text(&lease["metadata"]["name"]).strip_prefix(PREFIX)?;
    let spec = &lease["spec"];
    let run = spec["holderIdentity"].as_str().filter(|run| !run.is_empty())?;
    let renewed = text(&spec["renewTime"]).parse::<Timestamp>().map_or(0, Timestamp::as_second);
    Some((node.to_owned(), Holder { run: run.to_owned(), renewed }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_lease_names_its_node_and_run() {
        let lease = |name: &str, run: &str| json!({"metadata": {"name": name}, "spec": {"holderIdentity": run, "renewTime": "1970-01-01T00:01:00.5Z"}});
        let held = Some(("n.1".to_owned(), Holder { run: "r".into(), renewed: 60 }));
        assert_eq!(holder(&lease("kubectl-drain-safe.n.1", "r")), held);
        assert_eq!(holder(&lease("kubectl-drain-safe.n1", "")), None);
        assert_eq!(holder(&lease("kube-scheduler", "r")), None);
    }
}
