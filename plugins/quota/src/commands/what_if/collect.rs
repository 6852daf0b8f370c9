//! Reads rules, workloads and autoscalers from a cluster or a dump.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{NamespaceFacts, quota_facts::QuotaFacts},
    client::{Client, ListOptions, dynamic_list, incomplete::unless_forbidden},
    manifest::{Manifest, json::text, kinds::Kinds},
    model::kind::workloads,
    snapshot::{ClusterSnapshot, Namespaces, ReadInterceptors, SnapshotRequest, read_autoscalers},
    workload::{autoscaler::is_scalable, claim_templates, job::has_ended, owner::is_controlled_by_workload},
};

use super::proposed_change::{ProposedChange, ProposedRules};

/// The namespaces that a change is about.
#[derive(Debug, Default)]
pub struct Collected {
    /// The rest of the cluster's state.
    pub snapshot: ClusterSnapshot,
    /// The state of each namespace.
    pub namespaces: Vec<NamespaceState>,
    /// What the answer does not cover.
    pub unchecked: Vec<String>,
}

/// The state of a namespace.
#[derive(Debug, Default)]
pub struct NamespaceState {
    /// Its name.
    pub namespace: String,
    /// Its current rules.
    pub before: NamespaceFacts,
    /// The proposed rules.
    pub proposed: ProposedRules,
    /// Its workloads.
    pub workloads: Vec<Manifest>,
    /// Its HorizontalPodAutoscalers.
    pub autoscalers: Vec<Value>,
    /// Its ReplicaSets, if a Deployment is being rolled out and they could be read.
    pub replica_sets: Option<Vec<Value>>,
}

/// Reads the namespace, or all namespaces that the change is about, from a cluster.
///
/// # Errors
/// Any failure other than a forbidden list, quotas that cannot be read, and a change of a quota that does not exist.
pub async fn from_cluster(client: &Client, change: &ProposedChange, now: i64) -> Result<Collected> {
    // One list covers all namespaces, however few of them the change is about.
    let scope = if change.all_namespaces { "" } else { client.namespace() };
    let selection = if change.all_namespaces { Namespaces::All } else { Namespaces::one(scope) };
    let request = SnapshotRequest { namespaces: selection, now, ..SnapshotRequest::default() };
    let lists = client.bounded(workloads(), |kind| async {
        let found = dynamic_list::objects(client, &kind, scope, &ListOptions::default()).await;
        (kind, found)
    });
    // What does not depend on one another is asked for at once.
    let (snapshot, lists, autoscalers, interceptors) = futures::join!(
        ClusterSnapshot::read(client, &request),
        lists,
        read_autoscalers(client, scope),
        ReadInterceptors::read(client)
    );
    let mut snapshot = snapshot?;
    match change.all_namespaces {
        true => snapshot.read_namespaces(client).await?,
        false => snapshot.require_namespace(scope)?,
    }
    // Without the current quota there is nothing to change.
    if snapshot.without_quotas.contains(scope) {
        let reason = snapshot.skipped.first().map(|skipped| skipped.reason.clone()).unwrap_or_default();
        return Err(Error::verbatim(format!("Error from server (Forbidden): {reason}"))
            .with_status(shared::cli::ExitStatus::NotPermitted));
    }
    let mut namespaces = namespace_states(change, scope, &snapshot)?;
    let mut objects = Vec::new();
    for (kind, found) in lists {
        let found = unless_forbidden(found, &mut snapshot.skipped, "list", &kind.resource(), scope)?;
        objects.extend(found.into_iter().flatten());
    }
    let (autoscalers, of_autoscalers) = autoscalers?;
    objects.extend(autoscalers.into_iter().flatten());
    let has_claims = |object: &Value| !object["spec"]["volumeClaimTemplates"].is_null();
    if objects.iter().any(has_claims) {
        snapshot.read_all(client, &claim_templates::claim_kind(), scope).await?;
    }
    snapshot.read_pods_of_sets(client, &objects, scope).await?;
    let daemons = objects.iter().any(|object| object["kind"] == "DaemonSet");
    // A proposed quota may tell classes apart that those of now do not.
    match namespaces.iter().flat_map(|state| &state.proposed.quotas).any(tells_classes_apart) {
        true => snapshot.read_classes(client).await?,
        false => snapshot.read_classes_of(client, &objects).await?,
    }
    if daemons {
        snapshot.read_nodes(client).await?;
    }
    snapshot.count_objects(client, &uncounted(&namespaces)).await?;
    assign_objects(&mut namespaces, objects, &snapshot);
    let all = all_workloads(&namespaces);
    let is_scaled = all.iter().any(|workload| is_scalable(&workload.kind));
    snapshot.skipped.extend(of_autoscalers.filter(|_| is_scaled));
    let unchecked = snapshot.unchecked(&interceptors?, &all);
    Ok(Collected { snapshot, namespaces, unchecked })
}

fn all_workloads(namespaces: &[NamespaceState]) -> Vec<Manifest> {
    namespaces.iter().flat_map(|state| state.workloads.iter().cloned()).collect()
}

/// Reads the namespaces that the change is about from a dump.
///
/// # Errors
/// A dump that cannot be read, and a change of a quota that does not exist.
pub fn from_dump(
    path: &std::path::Path,
    namespace: &str,
    change: &ProposedChange,
    now: i64,
) -> Result<Collected> {
    let mut kinds = Kinds::default();
    let mut snapshot = ClusterSnapshot::from_dump(path, &mut kinds, now)?;
    let mut namespaces = namespace_states(change, namespace, &snapshot)?;
    snapshot.count_existing(&kinds, &uncounted(&namespaces));
    let objects =
        snapshot.existing.values().filter(|object| is_workload_or_autoscaler(object)).cloned().collect();
    assign_objects(&mut namespaces, objects, &snapshot);
    let unchecked = snapshot.unchecked_by_dump(&all_workloads(&namespaces));
    Ok(Collected { snapshot, namespaces, unchecked })
}

/// Returns the namespaces that the change is about, with their rules.
fn namespace_states(
    change: &ProposedChange,
    namespace: &str,
    snapshot: &ClusterSnapshot,
) -> Result<Vec<NamespaceState>> {
    let names = match change.all_namespaces {
        true => change.namespaces(&snapshot.namespaces)?,
        false => [namespace.to_owned()].into(),
    };
    let state = |namespace: String| {
        let before = snapshot.namespaces.get(&namespace).cloned().unwrap_or_default();
        let proposed = change.proposed(&namespace, &before)?;
        Ok(NamespaceState { namespace, before, proposed, ..NamespaceState::default() })
    };
    names.into_iter().map(state).collect()
}

/// Returns the resources that quotas would newly limit, whose usage is not counted yet.
fn uncounted(namespaces: &[NamespaceState]) -> Vec<QuotaFacts> {
    let quotas = namespaces.iter().flat_map(|state| &state.proposed.quotas).map(uncounted_part);
    quotas.filter(|quota| !quota.spec_hard.is_empty()).collect()
}

fn tells_classes_apart(quota: &QuotaFacts) -> bool {
    quota.names_scope("PriorityClass")
        || quota.spec_hard.keys().any(|key| key.contains(".storageclass.storage.k8s.io/"))
}

fn uncounted_part(quota: &QuotaFacts) -> QuotaFacts {
    let mut quota = quota.clone();
    quota.spec_hard.retain(|name, _| !quota.used.contains_key(name));
    quota
}

/// Assigns the objects to their namespaces, and counts what quotas would newly limit.
fn assign_objects(namespaces: &mut [NamespaceState], objects: Vec<Value>, snapshot: &ClusterSnapshot) {
    let mut by_namespace: BTreeMap<String, BTreeMap<String, Vec<Value>>> = BTreeMap::new();
    for object in objects {
        let kinds = by_namespace.entry(text(&object["metadata"]["namespace"]).to_owned()).or_default();
        kinds.entry(text(&object["kind"]).to_owned()).or_default().push(object);
    }
    for state in namespaces {
        let counts = snapshot.object_counts.get(&state.namespace).cloned().unwrap_or_default();
        for quota in &mut state.proposed.quotas {
            let counted = counts.enforced(uncounted_part(quota)).used;
            quota.used.extend(counted);
        }
        let mut kinds = by_namespace.remove(&state.namespace).unwrap_or_default();
        let mut of_kind = |kind: &str| kinds.remove(kind).unwrap_or_default();
        let replica_sets = of_kind("ReplicaSet");
        for kind in workloads() {
            let objects = match kind.kind.as_str() {
                "ReplicaSet" => replica_sets.clone(),
                kind => of_kind(kind),
            };
            let objects = objects.into_iter().filter(creates_pods_again);
            let manifests =
                objects.map(|object| Manifest::from_object(object, kind.clone(), &state.namespace));
            state.workloads.extend(manifests);
        }
        state.autoscalers = of_kind("HorizontalPodAutoscaler");
        state.replica_sets = Some(replica_sets).filter(|sets| !sets.is_empty());
    }
}

/// Returns whether a workload creates pods by itself, now or later: finished Jobs, Jobs of a CronJob, ReplicaSets of a
/// Deployment and suspended workloads do not, nor do ReplicaSets without replicas.
fn creates_pods_again(object: &Value) -> bool {
    let kind = text(&object["kind"]);
    let ended = kind == "Job" && has_ended(object);
    let is_idle = kind == "ReplicaSet" && object["spec"]["replicas"] == 0;
    !ended && !is_idle && !is_controlled_by_workload(object) && object["spec"]["suspend"] != true
}

/// Returns whether an object of a dump is a workload, or scales one.
fn is_workload_or_autoscaler(object: &Value) -> bool {
    let kind = text(&object["kind"]);
    kind == "HorizontalPodAutoscaler" || workloads().any(|one| one.kind == kind)
}

impl NamespaceState {
    /// Returns the proposed rules of the whole namespace.
    pub fn after(&self) -> NamespaceFacts {
        let mut rules = self.before.clone();
        let ProposedRules { quotas, limit_ranges } = &self.proposed;
        rules.quotas.retain(|quota| quotas.iter().all(|changed| changed.name != quota.name));
        rules.quotas.extend(quotas.iter().cloned());
        let ranges = rules.limit_ranges_mut();
        ranges.retain(|range| limit_ranges.iter().all(|changed| changed.name != range.name));
        ranges.extend(limit_ranges.iter().cloned());
        rules
    }
}
