//! What is in the namespace: rules, workloads, autoscalers.

use serde_json::Value;
use shared::{
    Error, Result,
    client::{Client, ListOptions, bounded},
};

use super::plan::Plan;
use crate::{
    admission::NamespaceFacts,
    check::{ClusterSide, Kinds, Manifest, claims, collect, dump},
    facts::{Kind, autoscaler_kind, has_ended, workloads},
    inventory::{censuses, censuses_of_dump},
    listing,
    quota_facts::QuotaFacts,
    skipped::allowed,
};

/// The namespace in question.
#[derive(Debug, Default)]
pub struct Found {
    /// Its name.
    pub namespace: String,
    /// The rest of the cluster's side, with the rules of the namespace.
    pub side: ClusterSide,
    /// Its workloads.
    pub workloads: Vec<Manifest>,
    /// Its claims, by name.
    pub claims: Vec<String>,
    /// Its HorizontalPodAutoscalers.
    pub autoscalers: Vec<Value>,
    /// The quotas that would change, as they would be.
    pub changed: Vec<QuotaFacts>,
}

/// Kinds whose pods are made again some day.
fn lasting() -> impl Iterator<Item = Kind> {
    workloads().filter(|kind| !matches!(kind.kind.as_str(), "ReplicaSet" | "ReplicationController"))
}

/// Reads the namespace from a cluster.
///
/// # Errors
/// Trouble other than a refusal, which is noted; a change of a quota that is not there.
pub async fn live(client: &Client, plan: &Plan, now: i64) -> Result<Found> {
    let namespace = client.namespace().to_owned();
    let mut side = ClusterSide { now, ..ClusterSide::default() };
    collect::read_rules(client, [namespace.as_str()], &mut side).await?;
    // A quota that may not be read can't be changed, not even in thought.
    if side.without_quotas.contains(&namespace) {
        let reason = side.skipped.first().map(|skipped| skipped.reason.clone()).unwrap_or_default();
        return Err(Error::verbatim(format!("Error from server (Forbidden): {reason}"))
            .with_status(shared::cli::ExitStatus::NotPermitted));
    }
    let wanted = lasting().chain([claims::claim_kind(), autoscaler_kind()]);
    let read = bounded(wanted, |kind| async {
        let found = listing::objects(client, &kind, &namespace, &ListOptions::default()).await;
        (kind, found)
    });
    let mut objects = Vec::new();
    for (kind, found) in read.await {
        let found = allowed(found, &mut side.skipped, "list", &kind.resource(), &namespace)?;
        objects.extend(found.into_iter().flatten());
    }
    let daemons = objects.iter().any(|object| object["kind"] == "DaemonSet");
    collect::read_classes(client, daemons, &mut side).await?;
    let rules = side.namespaces.get(&namespace).cloned().unwrap_or_default();
    let changed = plan.changed(&rules, &namespace)?;
    let unknown: Vec<_> = changed.iter().map(uncounted).filter(|quota| !quota.spec_hard.is_empty()).collect();
    side.censuses = censuses(client, &unknown, now, &mut side.skipped).await?;
    Ok(found(namespace, side, objects, changed))
}

/// The same out of a dump.
///
/// # Errors
/// A dump that can't be read; a change of a quota that is not there.
pub fn dumped(path: &std::path::Path, namespace: &str, plan: &Plan, now: i64) -> Result<Found> {
    let mut kinds = Kinds::default();
    let mut side = dump::cluster_side(path, &mut kinds, now)?;
    let rules = side.namespaces.get(namespace).cloned().unwrap_or_default();
    let changed = plan.changed(&rules, namespace)?;
    let unknown: Vec<_> = changed.iter().map(uncounted).collect();
    side.censuses = censuses_of_dump(&side, &kinds, &unknown);
    let inside = side.existing.iter().filter(|(key, _)| key.namespace == namespace);
    let objects = inside.map(|(_, object)| object.clone()).collect();
    Ok(found(namespace.to_owned(), side, objects, changed))
}

/// What the quota would newly limit, and has not counted yet.
fn uncounted(quota: &QuotaFacts) -> QuotaFacts {
    let mut quota = quota.clone();
    quota.spec_hard.retain(|name, _| !quota.used.contains_key(name));
    quota
}

fn found(
    namespace: String,
    mut side: ClusterSide,
    objects: Vec<Value>,
    mut changed: Vec<QuotaFacts>,
) -> Found {
    for quota in &mut changed {
        let census = side.censuses.get(&namespace).cloned().unwrap_or_default();
        let counted = census.enforced(uncounted(quota)).used;
        quota.used.extend(counted);
    }
    let of_kind =
        |kind: &str| objects.iter().filter(|object| object["kind"] == kind).cloned().collect::<Vec<_>>();
    let name = |object: &Value| object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let workloads = lasting().flat_map(|kind| {
        let objects = of_kind(&kind.kind).into_iter().filter(comes_again);
        objects.map(|object| Manifest::of(object, kind.clone(), &namespace)).collect::<Vec<_>>()
    });
    let workloads = workloads.collect();
    let claims = of_kind("PersistentVolumeClaim").iter().map(name).collect();
    let autoscalers = of_kind("HorizontalPodAutoscaler");
    side.existing.clear();
    Found { namespace, side, workloads, claims, autoscalers, changed }
}

/// Whether it makes pods by itself, now or later: no Job that has ended or belongs to a CronJob, nothing suspended.
fn comes_again(object: &Value) -> bool {
    let ended = object["kind"] == "Job" && has_ended(object);
    let owned = object["kind"] == "Job" && object["metadata"]["ownerReferences"].is_array();
    !ended && !owned && object["spec"]["suspend"] != true
}

impl Found {
    /// The rules as they are.
    pub fn before(&self) -> NamespaceFacts {
        self.side.namespaces.get(&self.namespace).cloned().unwrap_or_default()
    }

    /// The rules as they would be.
    pub fn after(&self, plan: &Plan) -> NamespaceFacts {
        let mut rules = self.before();
        rules.quotas.retain(|quota| self.changed.iter().all(|changed| changed.name != quota.name));
        rules.quotas.extend(self.changed.iter().cloned());
        let replaced = |name: &str| plan.limit_ranges.iter().any(|range| range.name == name);
        rules.limit_ranges.retain(|range| !replaced(&range.name));
        rules.limit_ranges.extend(plan.limit_ranges.iter().cloned());
        rules
    }
}
