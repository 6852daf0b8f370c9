//! The ReplicaSets of Deployments in the middle of a rollout, which decide about their next update.

use serde_json::Value;

use super::{ClusterSnapshot, SnapshotRequest, terminating};
use crate::{
    Result,
    client::{Client, ListOptions, dynamic_list, incomplete::unless_forbidden},
    manifest::{Key, Manifest},
    model::kind::replica_set_kind,
    workload::{owner::controller_of, replica_sets_decide},
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

impl ClusterSnapshot {
    /// Forgets the ReplicaSets of a Deployment, whose pods are others by now.
    pub fn forget_replica_sets(&mut self, deployment: &Manifest) {
        if !deployment.kind.is("apps", "Deployment") {
            return;
        }
        let first = Key::new(&replica_set_kind(), &deployment.namespace, "");
        let of_namespace = self
            .existing
            .range(&first..)
            .take_while(|(key, _)| key.kind == first.kind && key.namespace == first.namespace);
        let is_own = |set: &Value| {
            controller_of(set)
                .is_some_and(|owner| owner["kind"] == "Deployment" && owner["name"] == *deployment.name)
        };
        let own: Vec<Key> = of_namespace.filter(|(_, set)| is_own(set)).map(|(key, _)| key.clone()).collect();
        own.iter().for_each(|key| drop(self.existing.remove(key)));
    }
}
