//! Reads who uses what: the objects, the controllers of Jobs and ReplicaSets, and what pods really use.

use shared::{
    Result,
    client::{Client, ListOptions},
    model::kind::{Kind, kind_of, replica_set_kind},
    workload::owner::Owner,
};

use super::{
    args::WhoArgs,
    metrics::{self, Metrics},
    parts::Parts,
};
use crate::counted_objects::{Counted, Selection, read_cluster, read_dump};

/// Everything that was read.
pub struct Collected {
    /// The quotas and the parts of workloads.
    pub counted: Counted<Parts>,
    /// What pods use, where it was asked for and is measured.
    pub metrics: Option<Metrics>,
}

/// Reads a cluster.
///
/// # Errors
/// As [`read_cluster`].
pub async fn from_cluster(client: &Client, selection: &Selection, args: &WhoArgs) -> Result<Collected> {
    let empty = Parts::new(&args.wanted_resources(), args.pods || args.unused);
    let mut counted = read_cluster(client, selection, &empty).await?;
    let job = kind_of("batch", "Job", "jobs");
    for kind in [job, replica_set_kind()] {
        add_owners(client, &kind, &mut counted).await?;
    }
    counted.tally.lift_owners(&counted.quotas);
    let metrics = match args.unused {
        true => {
            let namespace = counted.namespace.clone();
            metrics::read(client, namespace.as_deref(), &mut counted.skipped).await?
        }
        false => None,
    };
    Ok(Collected { counted, metrics })
}

/// Reads a dump.
///
/// # Errors
/// As [`read_dump`].
pub fn from_dump(path: &std::path::Path, namespace: Option<&str>, args: &WhoArgs) -> Result<Collected> {
    let mut counted = read_dump(path, namespace, Parts::new(&args.wanted_resources(), args.pods))?;
    counted.tally.lift_owners(&counted.quotas);
    Ok(Collected { counted, metrics: None })
}

/// Reads what controls the objects of a kind that have pods. Where they may not be listed, they stay the owners: the answer
/// is as true, if one step lower.
async fn add_owners(client: &Client, kind: &Kind, counted: &mut Counted<Parts>) -> Result<()> {
    let namespaces = counted.tally.namespaces_with(&counted.quotas, &kind.kind);
    let read = client.bounded(namespaces, |namespace| async move {
        let found = client.list_metadata(&kind.collection(&namespace), &ListOptions::default()).await;
        (namespace, found)
    });
    for (namespace, found) in read.await {
        let found = match found {
            Err(error) if error.api_status().is_some() => continue,
            found => found?,
        };
        let owners = counted.tally.owners.entry(namespace).or_default();
        let controlled = found.iter().filter_map(|metadata| {
            Some((Owner::new(&kind.kind, &metadata.name), Owner::controlling(metadata)?))
        });
        owners.extend(controlled);
    }
    Ok(())
}
