//! What is in the namespaces: rules, workloads, autoscalers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{NamespaceFacts, quota_facts::QuotaFacts},
    client::{Client, ListOptions, dynamic_list, incomplete::unless_forbidden},
    manifest::{Manifest, kinds::Kinds},
    model::kind::{Kind, replica_set_kind, workloads},
    snapshot::{ClusterSnapshot, Namespaces, SnapshotRequest},
    workload::{autoscaler::autoscaler_kind, claim_templates, is_rolled_out, job::has_ended},
};

use super::plan::{Plan, Proposed};

/// The namespaces in question.
#[derive(Debug, Default)]
pub struct Found {
    /// The rest of the cluster's side.
    pub snapshot: ClusterSnapshot,
    /// Each namespace, by name.
    pub places: Vec<Place>,
}

/// One namespace.
#[derive(Debug, Default)]
pub struct Place {
    /// Its name.
    pub namespace: String,
    /// Its rules as they are.
    pub before: NamespaceFacts,
    /// What would be different.
    pub proposed: Proposed,
    /// Its workloads.
    pub workloads: Vec<Manifest>,
    /// Its claims, by name.
    pub claims: Vec<String>,
    /// Its HorizontalPodAutoscalers.
    pub autoscalers: Vec<Value>,
    /// Its ReplicaSets, where a Deployment is not rolled out and they could be read.
    pub sets: Option<Vec<Value>>,
}

/// Kinds whose pods are made again some day.
fn lasting() -> impl Iterator<Item = Kind> {
    workloads().filter(|kind| !matches!(kind.kind.as_str(), "ReplicaSet" | "ReplicationController"))
}

/// Reads the namespace, or all that the plan is about, from a cluster.
///
/// # Errors
/// Trouble other than a refusal, which is noted; quotas that may not be read; a change of a quota that is not there.
pub async fn live(client: &Client, plan: &Plan, now: i64) -> Result<Found> {
    // Lists of all namespaces at once, however many of them are in question.
    let scope = if plan.everywhere { "" } else { client.namespace() };
    let namespaces = if plan.everywhere { Namespaces::All } else { Namespaces::one(scope) };
    let request = SnapshotRequest { namespaces, now, ..SnapshotRequest::default() };
    let mut snapshot = ClusterSnapshot::read(client, &request).await?;
    // A quota that may not be read can't be changed, not even in thought.
    if snapshot.without_quotas.contains(scope) {
        let reason = snapshot.skipped.first().map(|skipped| skipped.reason.clone()).unwrap_or_default();
        return Err(Error::verbatim(format!("Error from server (Forbidden): {reason}"))
            .with_status(shared::cli::ExitStatus::NotPermitted));
    }
    let mut places = places(plan, scope, &snapshot)?;
    let wanted = lasting().chain([claim_templates::claim_kind(), autoscaler_kind()]);
    let read = client.bounded(wanted, |kind| async {
        let found = dynamic_list::objects(client, &kind, scope, &ListOptions::default()).await;
        (kind, found)
    });
    let mut objects = Vec::new();
    for (kind, found) in read.await {
        let found = unless_forbidden(found, &mut snapshot.skipped, "list", &kind.resource(), scope)?;
        objects.extend(found.into_iter().flatten());
    }
    objects.extend(replica_sets(client, &objects, &mut snapshot).await?);
    let daemons = objects.iter().any(|object| object["kind"] == "DaemonSet");
    snapshot.read_classes(client).await?;
    if daemons {
        snapshot.read_nodes(client).await?;
    }
    snapshot.count_objects(client, &uncounted(&places)).await?;
    fill(&mut places, objects, &snapshot);
    Ok(Found { snapshot, places })
}

/// The ReplicaSets of the namespaces in which a Deployment is not rolled out: elsewhere they say nothing more.
async fn replica_sets(
    client: &Client,
    objects: &[Value],
    snapshot: &mut ClusterSnapshot,
) -> Result<Vec<Value>> {
    let kind = replica_set_kind();
    let waiting = objects.iter().filter(|object| object["kind"] == "Deployment" && !is_rolled_out(object));
    let namespaces: BTreeSet<_> =
        waiting.filter_map(|object| object["metadata"]["namespace"].as_str()).collect();
    let read =
        client.bounded(namespaces, |namespace| {
            let kind = kind.clone();
            async move {
                (namespace, dynamic_list::objects(client, &kind, namespace, &ListOptions::default()).await)
            }
        });
    let mut sets = Vec::new();
    for (namespace, found) in read.await {
        let found = unless_forbidden(found, &mut snapshot.skipped, "list", &kind.resource(), namespace)?;
        sets.extend(found.into_iter().flatten());
    }
    Ok(sets)
}

/// The same out of a dump.
///
/// # Errors
/// A dump that can't be read; a change of a quota that is not there.
pub fn dumped(path: &std::path::Path, namespace: &str, plan: &Plan, now: i64) -> Result<Found> {
    let mut kinds = Kinds::default();
    let mut snapshot = ClusterSnapshot::from_dump(path, &mut kinds, now)?;
    let mut places = places(plan, namespace, &snapshot)?;
    snapshot.count_existing(&kinds, &uncounted(&places));
    let objects = std::mem::take(&mut snapshot.existing).into_values().collect();
    fill(&mut places, objects, &snapshot);
    Ok(Found { snapshot, places })
}

/// The namespaces in question, with their rules.
fn places(plan: &Plan, namespace: &str, snapshot: &ClusterSnapshot) -> Result<Vec<Place>> {
    let names = match plan.everywhere {
        true => plan.namespaces(&snapshot.namespaces)?,
        false => [namespace.to_owned()].into(),
    };
    let place = |namespace: String| {
        let before = snapshot.namespaces.get(&namespace).cloned().unwrap_or_default();
        let proposed = plan.proposed(&namespace, &before)?;
        Ok(Place { namespace, before, proposed, ..Place::default() })
    };
    names.into_iter().map(place).collect()
}

/// What the quotas would newly limit, and have not counted yet.
fn uncounted(places: &[Place]) -> Vec<QuotaFacts> {
    let quotas = places.iter().flat_map(|place| &place.proposed.quotas).map(newly);
    quotas.filter(|quota| !quota.spec_hard.is_empty()).collect()
}

fn newly(quota: &QuotaFacts) -> QuotaFacts {
    let mut quota = quota.clone();
    quota.spec_hard.retain(|name, _| !quota.used.contains_key(name));
    quota
}

/// Puts what was read where it belongs.
fn fill(places: &mut [Place], objects: Vec<Value>, snapshot: &ClusterSnapshot) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut of_place: BTreeMap<String, BTreeMap<String, Vec<Value>>> = BTreeMap::new();
    for object in objects {
        let kinds = of_place.entry(text(&object["metadata"]["namespace"])).or_default();
        kinds.entry(text(&object["kind"])).or_default().push(object);
    }
    for place in places {
        let counts_of_namespace = snapshot.object_counts.get(&place.namespace).cloned().unwrap_or_default();
        for quota in &mut place.proposed.quotas {
            let counted = counts_of_namespace.enforced(newly(quota)).used;
            quota.used.extend(counted);
        }
        let mut kinds = of_place.remove(&place.namespace).unwrap_or_default();
        let mut of_kind = |kind: &str| kinds.remove(kind).unwrap_or_default();
        for kind in lasting() {
            let objects = of_kind(&kind.kind).into_iter().filter(comes_again);
            let manifests =
                objects.map(|object| Manifest::from_object(object, kind.clone(), &place.namespace));
            place.workloads.extend(manifests);
        }
        let name = |object: &Value| text(&object["metadata"]["name"]);
        place.claims = of_kind("PersistentVolumeClaim").iter().map(name).collect();
        place.autoscalers = of_kind("HorizontalPodAutoscaler");
        place.sets = Some(of_kind("ReplicaSet")).filter(|sets| !sets.is_empty());
    }
}

/// Whether it makes pods by itself, now or later: no Job that has ended or belongs to a CronJob, nothing suspended.
fn comes_again(object: &Value) -> bool {
    let is_job = object["kind"] == "Job";
    let ended = is_job && has_ended(object);
    let owned = is_job && object["metadata"]["ownerReferences"].is_array();
    !ended && !owned && object["spec"]["suspend"] != true
}

impl Place {
    /// The rules as they would be.
    pub fn after(&self) -> NamespaceFacts {
        let mut rules = self.before.clone();
        let Proposed { quotas, limit_ranges } = &self.proposed;
        rules.quotas.retain(|quota| quotas.iter().all(|changed| changed.name != quota.name));
        rules.quotas.extend(quotas.iter().cloned());
        rules.limit_ranges.retain(|range| limit_ranges.iter().all(|changed| changed.name != range.name));
        rules.limit_ranges.extend(limit_ranges.iter().cloned());
        rules
    }
}
