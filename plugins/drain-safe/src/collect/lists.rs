//! Lists of a cluster.

use std::collections::{BTreeMap, BTreeSet};

use futures::join;
use serde_json::Value;
use shared::{
    Result,
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    model::{
        CsiDriver, CsiNode, Namespace, Node, PersistentVolume, PersistentVolumeClaim, PodDisruptionBudget,
        Resource, StorageClass, VolumeAttachment, WidePod,
    },
    placement::StorageFacts,
    workload::autoscaler::autoscaler_kind,
};

use crate::facts::Facts;

/// The ConfigMap in kube-system that cluster-autoscaler writes its status to (`--status-config-map-name`).
pub const AUTOSCALER_STATUS: &str = "cluster-autoscaler-status";

async fn all<K: Resource>(client: &Client) -> Result<Vec<K>> {
    client.list_all(&Scope::All, &ListOptions::default()).await
}

pub async fn nodes(client: &Client) -> Result<Vec<Node>> {
    all(client).await
}

/// Lists all pods. Those that stay are slim: `goes` says of a node whether its pods go.
pub async fn pods(client: &Client, goes: impl Fn(&str) -> bool) -> Result<Vec<WidePod>> {
    client.list_changed(&Scope::All, &ListOptions::default(), |pod| slim_down(pod, &goes)).await
}

pub async fn budgets(client: &Client) -> Result<Vec<PodDisruptionBudget>> {
    all(client).await
}

pub async fn namespaces(client: &Client) -> Result<Vec<Namespace>> {
    all(client).await
}

pub async fn autoscalers(client: &Client) -> Result<Vec<Value>> {
    dynamic_list::objects(client, &autoscaler_kind(), "", &ListOptions::default()).await
}

/// Returns whether cluster-autoscaler has left its status. Who may not read it gets no warning: nothing else depends on it.
pub async fn has_autoscaler_status(client: &Client) -> bool {
    let path = format!("/api/v1/namespaces/kube-system/configmaps/{AUTOSCALER_STATUS}");
    client.get_json::<Value>(&path).await.is_ok()
}

/// Forgets of a pod what does not matter, and of one that stays what only matters for those that go.
pub fn slim_down(pod: &mut WidePod, goes: impl Fn(&str) -> bool) {
    pod.compact();
    if !goes(&pod.spec.node_name) {
        // The last applied configuration alone is often larger than all the rest.
        pod.metadata.annotations = BTreeMap::new();
        pod.metadata.finalizers = Vec::new();
        let containers = pod.spec.containers.iter_mut().chain(&mut pod.spec.init_containers);
        containers.for_each(|container| container.image = String::new());
    }
}

/// Adds the budgets: all, or where that is forbidden those of the namespaces of the pods that go, one by one.
///
/// # Errors
/// Errors other than a refusal.
pub async fn add_budgets(
    client: &Client,
    listed: Result<Vec<PodDisruptionBudget>>,
    facts: &mut Facts,
) -> Result<()> {
    let resource = "poddisruptionbudgets.policy";
    match listed {
        Err(error) if error.is_api(403) => {
            let leaving = facts.pods.iter().filter(|pod| facts.is_target(&pod.spec.node_name));
            let namespaces: BTreeSet<_> = leaving.map(|pod| pod.metadata.namespace.clone()).collect();
            let read = client.bounded(namespaces, |namespace| {
                let scope = Scope::Namespace(namespace.clone());
                async move {
                    let listed =
                        client.list_all::<PodDisruptionBudget>(&scope, &ListOptions::default()).await;
                    (namespace, listed)
                }
            });
            let mut unread = BTreeSet::new();
            for (namespace, listed) in read.await {
                match unless_forbidden(listed, &mut facts.skipped, "list", resource, &namespace)? {
                    Some(budgets) => facts.budgets.extend(budgets),
                    None => drop(unread.insert(namespace)),
                }
            }
            facts.budgets_unread = Some(unread);
            Ok(())
        }
        listed => {
            facts.budgets = listed?;
            facts.budgets_unread = Some(BTreeSet::new());
            Ok(())
        }
    }
}

/// Lists what decides where volumes can be used, if any pod that goes has a claim.
///
/// # Errors
/// Errors other than a refusal.
pub async fn storage(client: &Client, facts: &Facts) -> Result<(StorageFacts, Vec<Skipped>)> {
    let has_claim = |pod: &WidePod| {
        pod.spec.volumes.iter().any(|volume| {
            volume.source.persistent_volume_claim.is_some() || volume.source.ephemeral.is_some()
        })
    };
    let mut skipped = Vec::new();
    if !facts.pods.iter().any(|pod| facts.is_target(&pod.spec.node_name) && has_claim(pod)) {
        return Ok((StorageFacts::default(), skipped));
    }
    let (volumes, claims, classes, nodes, drivers, attachments) = join!(
        all::<PersistentVolume>(client),
        all::<PersistentVolumeClaim>(client),
        all::<StorageClass>(client),
        all::<CsiNode>(client),
        all::<CsiDriver>(client),
        all::<VolumeAttachment>(client),
    );
    let facts = StorageFacts {
        volumes: unless_forbidden(volumes, &mut skipped, "list", "persistentvolumes", "")?,
        claims: unless_forbidden(claims, &mut skipped, "list", "persistentvolumeclaims", "")?,
        classes: unless_forbidden(classes, &mut skipped, "list", "storageclasses.storage.k8s.io", "")?,
        csi_nodes: unless_forbidden(nodes, &mut skipped, "list", "csinodes.storage.k8s.io", "")?,
        drivers: unless_forbidden(drivers, &mut skipped, "list", "csidrivers.storage.k8s.io", "")?,
        attachments: unless_forbidden(
            attachments,
            &mut skipped,
            "list",
            "volumeattachments.storage.k8s.io",
            "",
        )?,
    };
    Ok((facts, skipped))
}
