//! What an explanation rests on, out of a dump.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use shared::{
    Result,
    client::incomplete::Skipped,
    manifest::kinds::Kinds,
    model::{
        Pod,
        kind::{Kind, workloads},
    },
    snapshot::ClusterSnapshot,
    workload::owner::{Owner, Owners},
};

use super::{
    consumers::QuotaConsumer,
    namespace_snapshot::{NamespaceSnapshot, controller},
    read_consumers::{is_read_whole, of_metadata, pod, value},
};

/// Reads a dump, all of it.
///
/// # Errors
/// A dump that can't be read.
pub fn snapshot(path: &Path, namespace: &str, now: i64) -> Result<NamespaceSnapshot> {
    let cluster = ClusterSnapshot::from_dump(path, &mut Kinds::default(), now)?;
    let made = workloads()
        .flat_map(|of| objects(&cluster, namespace, &of.group, &of.kind).cloned().collect::<Vec<_>>());
    let mut snapshot = NamespaceSnapshot {
        namespace: namespace.to_owned(),
        workloads: made.collect(),
        pods: parsed(&cluster, namespace, "Pod"),
        events: parsed(&cluster, namespace, "Event"),
        cluster,
    };
    for (missing, resource, kind) in
        [(snapshot.pods.is_none(), "pods", "Pod"), (snapshot.events.is_none(), "events", "Event")]
    {
        if missing {
            snapshot.cluster.skipped.push(Skipped {
                verb: "read".to_owned(),
                resource: resource.to_owned(),
                namespace: namespace.to_owned(),
                reason: format!("the dump holds no {kind}"),
            });
        }
    }
    Ok(snapshot)
}

/// The objects of a kind in this namespace.
fn objects<'a>(
    cluster: &'a ClusterSnapshot,
    namespace: &'a str,
    group: &'a str,
    kind: &'a str,
) -> impl Iterator<Item = &'a Value> {
    let is_one = move |namespace: &str, of: &(String, String), place: &str| {
        of.0 == group && of.1 == kind && place == namespace
    };
    cluster
        .existing
        .iter()
        .filter(move |(key, _)| is_one(namespace, &key.kind, &key.namespace))
        .map(|(_, object)| object)
}

/// The objects of a kind as structs; `None` where the dump holds none of the kind at all.
fn parsed<T: serde::de::DeserializeOwned>(
    cluster: &ClusterSnapshot,
    namespace: &str,
    kind: &str,
) -> Option<Vec<T>> {
    // Events are of two groups, depending on how they were asked for.
    let groups: &[&str] = if kind == "Event" { &["", "events.k8s.io"] } else { &[""] };
    let is_there = cluster.existing.keys().any(|key| key.kind.1 == kind);
    let found = groups.iter().flat_map(|group| objects(cluster, namespace, group, kind));
    is_there.then(|| found.filter_map(|object| serde_json::from_value(object.clone()).ok()).collect())
}

/// Who holds these resources, `pods` or `jobs.batch`.
pub fn consumers(
    cluster: &ClusterSnapshot,
    namespace: &str,
    resources: &BTreeSet<String>,
) -> Vec<QuotaConsumer> {
    let mut all: Vec<QuotaConsumer> = Vec::new();
    for resource in resources {
        if resource == "pods" {
            let pods: Vec<Pod> = parsed(cluster, namespace, "Pod").unwrap_or_default();
            all.extend(pods.iter().filter_map(|one| pod(one, cluster.now)));
            continue;
        }
        let kind = Kind::from_resource(resource);
        let found = objects(cluster, namespace, &kind.group, &kind.kind);
        if is_read_whole(resource) {
            all.extend(found.filter_map(|object| value(object, &kind, cluster.now)));
        } else {
            let metadata = found.filter_map(|object| serde_json::from_value(object["metadata"].clone()).ok());
            all.extend(metadata.map(|metadata| of_metadata(&metadata, &kind)));
        }
    }
    let mut owners = Owners::new();
    for of in workloads() {
        for object in objects(cluster, namespace, &of.group, &of.kind) {
            if let Some((kind, name)) = controller(object) {
                owners.insert(Owner::itself(object), Owner::new(kind, name));
            }
        }
    }
    for one in &mut all {
        one.owner = std::mem::take(&mut one.owner).top(&owners);
    }
    all
}
