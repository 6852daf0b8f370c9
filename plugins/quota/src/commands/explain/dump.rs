//! A namespace out of a dump.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use shared::{
    Result,
    client::incomplete::Skipped,
    manifest::{Key, kinds::Kinds},
    model::{
        Event, Resource, ResourceQuota,
        kind::{Kind, kind_of, workloads},
    },
    snapshot::ClusterSnapshot,
    workload::autoscaler::autoscaler_kind,
};

use super::{autoscaled::scale_to_minima, event::may_report_refusal, namespace_snapshot::NamespaceSnapshot};

/// Reads a namespace of a dump. Pods and events that the dump does not contain are noted.
///
/// # Errors
/// A dump that cannot be read.
pub fn snapshot(path: &Path, namespace: &str, now: i64) -> Result<NamespaceSnapshot> {
    Ok(of_namespace(ClusterSnapshot::from_dump(path, &mut Kinds::default(), now)?, namespace))
}

/// The namespaces of a dump, and what is odd about it.
pub struct DumpNamespaces {
    /// The names of those with workloads, or with events that report refusals, in their order.
    pub names: Vec<String>,
    /// What is odd.
    pub remarks: Vec<String>,
    /// What all namespaces have in common, and their rules.
    cluster: ClusterSnapshot,
    /// Their objects.
    objects: BTreeMap<String, BTreeMap<Key, Value>>,
}

impl DumpNamespaces {
    /// Returns a namespace, and forgets it: of a large dump, no more than one is in memory twice.
    pub fn take(&mut self, name: &str) -> NamespaceSnapshot {
        let mut cluster = self.cluster.only(&[name].into());
        cluster.existing.extend(self.objects.remove(name).unwrap_or_default());
        let mut snapshot = of_namespace(cluster, name);
        // What the dump lacks, it lacks of every namespace.
        snapshot.cluster.skipped.iter_mut().for_each(|skipped| skipped.namespace.clear());
        snapshot
    }
}

/// Reads every namespace of a dump that has workloads, or events that report refusals.
///
/// # Errors
/// A dump that cannot be read.
pub fn all_namespaces(path: &Path, now: i64) -> Result<DumpNamespaces> {
    let mut cluster = ClusterSnapshot::from_dump(path, &mut Kinds::default(), now)?;
    let is_workload = |key: &Key| workloads().any(|kind| key.kind == (kind.group.clone(), kind.kind.clone()));
    let reports_refusal = |key: &Key, object: &Value| {
        key.kind.1 == "Event" && Event::deserialize(object).is_ok_and(|event| may_report_refusal(&event))
    };
    let objects = cluster.take_namespaced();
    let is_telling = |objects: &BTreeMap<Key, Value>| {
        objects.iter().any(|(key, object)| is_workload(key) || reports_refusal(key, object))
    };
    let names = objects.iter().filter(|(_, objects)| is_telling(objects)).map(|(name, _)| name.clone());
    let (names, remarks) = (names.collect(), cluster.remarks.clone());
    Ok(DumpNamespaces { names, remarks, cluster, objects })
}

/// Returns what a dump says of a namespace.
fn of_namespace(cluster: ClusterSnapshot, namespace: &str) -> NamespaceSnapshot {
    let workloads = workloads()
        .flat_map(|kind| objects(&cluster, namespace, &kind).cloned().collect::<Vec<_>>())
        .collect();
    let mut snapshot = NamespaceSnapshot {
        namespace: namespace.to_owned(),
        workloads,
        pods: parsed(&cluster, namespace, "Pod"),
        events: parsed(&cluster, namespace, "Event"),
        autoscalers: Some(objects(&cluster, namespace, &autoscaler_kind()).cloned().collect()),
        scaled_up: Vec::new(),
        cluster,
    };
    scale_to_minima(None, &mut snapshot);
    let is_without = |kind| snapshot.cluster.kinds_of_dump.is_without(kind);
    for (missing, resource, kind) in [
        (snapshot.pods.is_none(), "pods", "Pod"),
        (snapshot.events.is_none(), "events", "Event"),
        (is_without(ResourceQuota::KIND), ResourceQuota::PLURAL, ResourceQuota::KIND),
    ] {
        if missing {
            snapshot.cluster.skipped.push(Skipped {
                verb: "read".to_owned(),
                resource: resource.to_owned(),
                namespace: namespace.to_owned(),
                reason: format!("the dump contains no {kind}"),
            });
        }
    }
    snapshot
}

/// Returns the objects of a kind in a namespace.
pub fn objects<'a>(
    cluster: &'a ClusterSnapshot,
    namespace: &'a str,
    kind: &'a Kind,
) -> impl Iterator<Item = &'a Value> {
    let existing = cluster.existing.iter();
    let is_wanted =
        move |group: &str, name: &str, of: &str| group == kind.group && name == kind.kind && of == namespace;
    existing
        .filter(move |(key, _)| is_wanted(&key.kind.0, &key.kind.1, &key.namespace))
        .map(|(_, object)| object)
}

/// Returns the objects of a kind as structs; `None` where the dump contains none of that kind in any namespace.
pub fn parsed<T: DeserializeOwned>(cluster: &ClusterSnapshot, namespace: &str, kind: &str) -> Option<Vec<T>> {
    // Events are in two groups, depending on how the dump was made.
    let groups: &[&str] = if kind == "Event" { &["", "events.k8s.io"] } else { &[""] };
    if cluster.kinds_of_dump.is_without(kind) {
        return None;
    }
    let kinds: Vec<_> = groups.iter().map(|group| kind_of(group, kind, "")).collect();
    let found = kinds.iter().flat_map(|kind| objects(cluster, namespace, kind));
    Some(found.filter_map(|object| T::deserialize(object).ok()).collect())
}
