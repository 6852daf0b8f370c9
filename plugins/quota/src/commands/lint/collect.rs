//! Reads what the rules look at.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{evaluator::counted_resources, resource_names::is_enforceable},
    cli::{ExitStatus, clock},
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::{Manifest, json::number, json::text, kinds::Kinds},
    model::{
        built_in_resources::BUILT_IN,
        kind::{Kind, workloads},
    },
    snapshot::{ClusterSnapshot, NamespaceState, Namespaces, SnapshotRequest},
    workload::{job::has_ended, owner::is_controlled_by_workload},
};

use super::facts::Facts;

/// Reads a cluster: one namespace, or all of them.
///
/// # Errors
/// A namespace that does not exist, quotas that may not be listed, and any failure other than a refused list.
pub async fn from_cluster(client: &Client, all_namespaces: bool) -> Result<Facts> {
    let now = clock::now();
    let one = client.namespace().to_owned();
    let request = |namespaces| SnapshotRequest { namespaces, now, ..SnapshotRequest::default() };
    let mut refused = None;
    let mut snapshot = match all_namespaces {
        true => match ClusterSnapshot::read(client, &request(Namespaces::All)).await {
            Err(error) if error.is_api(403) => {
                refused = Some(Skipped::list("resourcequotas", "", &error));
                ClusterSnapshot::read(client, &request(Namespaces::one(&one))).await?
            }
            read => read?,
        },
        false => ClusterSnapshot::read(client, &request(Namespaces::one(&one))).await?,
    };
    let namespace = (!all_namespaces || refused.is_some()).then_some(one);
    let scope = namespace.clone().unwrap_or_default();
    if snapshot.without_quotas.contains(&scope) {
        let reason = snapshot.skipped.first().map(|skipped| skipped.reason.clone()).unwrap_or_default();
        return Err(Error::verbatim(format!("Error from server (Forbidden): {reason}"))
            .with_status(ExitStatus::NotPermitted));
    }
    match &namespace {
        Some(name) => {
            let state = NamespaceState::read(client, name).await?;
            drop(snapshot.namespace_states.insert(name.clone(), state));
            snapshot.require_namespace(name)?;
        }
        None => snapshot.read_namespaces(client).await?,
    }
    let lists = client.bounded(workloads(), |kind| async {
        let found = dynamic_list::objects(client, &kind, &scope, &ListOptions::default()).await;
        (kind, found)
    });
    let mut skipped = Vec::new();
    let mut objects = Vec::new();
    for (kind, found) in lists.await {
        let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), &scope)?;
        objects.extend(found.into_iter().flatten().map(|object| (kind.clone(), object)));
    }
    let names_classes = snapshot.namespaces.values().flat_map(|rules| &rules.quotas);
    match names_classes.into_iter().any(|quota| quota.names_scope("PriorityClass")) {
        true => snapshot.read_classes(client).await?,
        false => snapshot.read_classes_of(client, objects.iter().map(|(_, object)| object)).await?,
    }
    let unserved = unserved(client, &snapshot).await?;
    snapshot.skipped.extend(skipped);
    snapshot.skipped.extend(refused);
    let workloads = objects
        .into_iter()
        .filter(|(_, object)| creates_pods(object))
        .map(|(kind, object)| Manifest::from_object(object, kind, &scope));
    Ok(facts(snapshot, workloads.collect(), unserved, namespace))
}

/// Reads a dump: one namespace, or all of them.
///
/// # Errors
/// A dump that can't be read, or that holds neither a quota nor a LimitRange.
pub fn from_dump(path: &Path, namespace: Option<&str>) -> Result<Facts> {
    let mut kinds = Kinds::default();
    let mut snapshot = ClusterSnapshot::from_dump(path, &mut kinds, clock::now())?;
    let is_without = |kind| snapshot.kinds_of_dump.is_without(kind);
    if is_without("ResourceQuota") && is_without("LimitRange") {
        return Err(Error::new(format!("no ResourceQuota and no LimitRange in {}", path.display()))
            .with_hint(
                "make the dump with: kubectl get quota,limits,deploy,sts,ds,cj,rs,rc,jobs,ns -A -o yaml",
            ));
    }
    let is_wanted = |own: &str| namespace.is_none_or(|namespace| namespace == own);
    snapshot.namespaces.retain(|name, _| is_wanted(name));
    snapshot.namespace_states.retain(|name, _| is_wanted(name));
    let all: Vec<Kind> = workloads().collect();
    let found = snapshot.existing.iter().filter_map(|(key, object)| {
        let kind = all.iter().find(|kind| key.kind == (kind.group.clone(), kind.kind.clone()))?;
        let is_wanted = is_wanted(&key.namespace) && creates_pods(object);
        is_wanted.then(|| Manifest::from_object(object.clone(), kind.clone(), &key.namespace))
    });
    let workloads = found.collect();
    Ok(facts(snapshot, workloads, BTreeSet::new(), namespace.map(str::to_owned)))
}

fn facts(
    snapshot: ClusterSnapshot,
    workloads: Vec<Manifest>,
    unserved: BTreeSet<String>,
    namespace: Option<String>,
) -> Facts {
    let exists = |state: &NamespaceState| matches!(state, NamespaceState::Exists(_));
    let existing = snapshot.namespace_states.iter().filter(|(_, state)| exists(state));
    let existing_namespaces = existing.map(|(name, _)| name.clone()).collect();
    let names_classes = snapshot.namespaces.values().flat_map(|rules| &rules.quotas);
    let names_classes = names_classes.into_iter().any(|quota| quota.names_scope("PriorityClass"));
    let classes = snapshot.cluster_facts.priority_classes.as_ref().filter(|_| names_classes);
    let system = shared::admission::ClusterFacts::SYSTEM_PRIORITY.map(str::to_owned);
    Facts {
        priority_classes: classes.map(|classes| classes.keys().cloned().chain(system).collect()),
        simulator: snapshot.simulator(),
        namespaces: snapshot.namespaces,
        existing_namespaces,
        workloads,
        unserved,
        namespace,
        remarks: snapshot.remarks,
        skipped: snapshot.skipped,
    }
}

/// Returns whether a workload has pods that it would create again.
fn creates_pods(object: &Value) -> bool {
    let spec = &object["spec"];
    let kind = text(&object["kind"]);
    let is_idle = match kind {
        "Job" => has_ended(object),
        "CronJob" | "DaemonSet" => false,
        _ => number(&spec["replicas"], 1) == 0,
    };
    !is_idle && spec["suspend"] != true && !is_controlled_by_workload(object)
}

/// Returns the custom resources that quotas count and that the server does not serve.
async fn unserved(client: &Client, snapshot: &ClusterSnapshot) -> Result<BTreeSet<String>> {
    let quotas = snapshot.namespaces.values().flat_map(|rules| &rules.quotas);
    let names = quotas.flat_map(|quota| quota.spec_hard.keys()).filter(|name| is_enforceable(name));
    let resources: BTreeSet<String> = names.flat_map(|name| counted_resources(name)).collect();
    let is_custom = |resource: &String| {
        let group = resource.split_once('.').map_or("", |(_, group)| group);
        BUILT_IN.iter().all(|(built_in, _)| *built_in != group)
    };
    let read = client.bounded(resources.into_iter().filter(is_custom), |resource| async move {
        let served = is_served(client, &resource).await;
        (resource, served)
    });
    let mut unserved = BTreeSet::new();
    for (resource, served) in read.await {
        if !served? {
            unserved.insert(resource);
        }
    }
    Ok(unserved)
}

/// Returns whether the server serves a resource; who may not ask is told that it does.
async fn is_served(client: &Client, resource: &str) -> Result<bool> {
    let Some(kind) = dynamic_list::kind_served(client, resource).await? else { return Ok(false) };
    match client.get_json::<Value>(&format!("/apis/{}/{}", kind.group, kind.version)).await {
        Ok(list) => {
            let mut resources = list["resources"].as_array().into_iter().flatten();
            Ok(resources.any(|one| one["name"] == *kind.plural))
        }
        Err(error) if error.api_status().is_some() => Ok(true),
        Err(error) => Err(error),
    }
}
