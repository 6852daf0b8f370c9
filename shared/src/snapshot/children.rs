//! The ReplicaSets and ControllerRevisions of existing workloads that decide about their next update: those of a Deployment in
//! the middle of a rollout, and those of earlier templates, of which a quota may have no room for another.

use serde_json::Value;

use super::{ClusterSnapshot, SnapshotRequest, terminating};
use crate::{
    Result,
    admission::quota_facts::QuotaFacts,
    client::{Client, ListOptions, dynamic_list, incomplete::unless_forbidden},
    manifest::{Key, Manifest},
    model::kind::{Kind, replica_set_kind},
    workload::{child_kind, needs_child, owner::controller_of, replica_sets_decide},
};

/// Reads the ReplicaSets or ControllerRevisions of the existing workloads that manifests update, where they decide and are
/// wanted. `pending` are the quotas that the manifests create or change.
///
/// # Errors
/// Errors other than a refusal.
pub(super) async fn read_deciding(
    client: &Client,
    request: &SnapshotRequest<'_>,
    snapshot: &ClusterSnapshot,
    pending: &[QuotaFacts],
) -> Result<ClusterSnapshot> {
    let mut part = ClusterSnapshot::default();
    let manifests = if request.children { request.manifests } else { &[] };
    let updates = manifests.iter().filter_map(|manifest| {
        let present = snapshot.existing_of(manifest)?;
        let kind = deciding_kind(&snapshot.after_apply(manifest)?, present, (snapshot, pending))?;
        Some((manifest, present, kind))
    });
    let lists = client.bounded(updates.collect::<Vec<_>>(), |(manifest, present, kind)| {
        let options = ListOptions { label_selector: terminating::selector(present), field_selector: None };
        async move {
            let found = dynamic_list::objects(client, &kind, &manifest.namespace, &options).await;
            (manifest, kind, found)
        }
    });
    for (manifest, kind, found) in lists.await {
        let namespace = &manifest.namespace;
        let found = unless_forbidden(found, &mut part.skipped, "list", &kind.resource(), namespace)?;
        match found {
            Some(found) => part.add_existing(&kind, found),
            None => drop(part.without_children.insert((namespace.clone(), kind.plural))),
        }
    }
    part.skipped.dedup();
    Ok(part)
}

/// Returns the kind of the children that decide about the update of an existing workload.
fn deciding_kind(
    manifest: &Manifest,
    present: &Value,
    (snapshot, pending): (&ClusterSnapshot, &[QuotaFacts]),
) -> Option<Kind> {
    let kind = child_kind(&manifest.kind.kind).filter(|_| manifest.kind.group == "apps")?;
    let counted = format!("count/{}", kind.resource());
    let present_quotas =
        snapshot.namespaces.get(&manifest.namespace).into_iter().flat_map(|facts| &facts.quotas);
    let own = pending.iter().filter(|quota| quota.namespace == manifest.namespace);
    let is_counted = || present_quotas.chain(own).any(|quota| quota.spec_hard.contains_key(&counted));
    // Where none is counted, one more is no obstacle.
    (replica_sets_decide(manifest, present) || (needs_child(manifest, present) && is_counted()))
        .then_some(kind)
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
