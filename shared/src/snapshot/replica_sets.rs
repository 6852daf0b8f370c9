//! The ReplicaSets of Deployments in the middle of a rollout, which decide about their next update.

use super::{ClusterSnapshot, SnapshotRequest, terminating};
use crate::{
    Result,
    client::{Client, ListOptions, dynamic_list, incomplete::unless_forbidden},
    manifest::Manifest,
    model::kind::replica_set_kind,
    workload::replica_sets_decide,
};

/// Reads the ReplicaSets of the existing Deployments that manifests update, where they decide and are wanted.
///
/// # Errors
/// Errors other than a refusal.
pub(super) async fn read_deciding(
    client: &Client,
    request: &SnapshotRequest<'_>,
    snapshot: &ClusterSnapshot,
) -> Result<ClusterSnapshot> {
    let mut part = ClusterSnapshot::default();
    let manifests = if request.replica_sets { request.manifests } else { &[] };
    let (kind, merged) = (replica_set_kind(), |manifest: &Manifest| snapshot.after_apply(manifest));
    let updates = manifests.iter().filter_map(|manifest| {
        let present = snapshot.existing_of(manifest)?;
        replica_sets_decide(&merged(manifest)?, present).then_some((manifest, present))
    });
    let lists = client.bounded(updates.collect::<Vec<_>>(), |(manifest, present)| {
        let options = ListOptions { label_selector: terminating::selector(present), field_selector: None };
        let kind = &kind;
        async move { (manifest, dynamic_list::objects(client, kind, &manifest.namespace, &options).await) }
    });
    for (manifest, found) in lists.await {
        let namespace = &manifest.namespace;
        let found = unless_forbidden(found, &mut part.skipped, "list", &kind.resource(), namespace)?;
        match found {
            Some(found) => part.add_existing(&kind, found),
            None => drop(part.without_replica_sets.insert(namespace.clone())),
        }
    }
    part.skipped.dedup();
    Ok(part)
}
