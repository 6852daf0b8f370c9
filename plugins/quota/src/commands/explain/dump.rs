//! A namespace out of a dump.

use std::{collections::BTreeSet, path::Path};

use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::{
    Result,
    client::incomplete::Skipped,
    manifest::{Key, kinds::Kinds},
    model::{
        Event,
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
    /// Those with workloads, or with events that report refusals, in the order of their names.
    pub namespaces: Vec<NamespaceSnapshot>,
    /// What is odd.
    pub remarks: Vec<String>,
}

/// Reads every namespace of a dump that has workloads, or events that report refusals.
///
/// # Errors
/// A dump that cannot be read.
pub fn all_namespaces(path: &Path, now: i64) -> Result<DumpNamespaces> {
    let cluster = ClusterSnapshot::from_dump(path, &mut Kinds::default(), now)?;
    let is_workload = |key: &Key| workloads().any(|kind| key.kind == (kind.group.clone(), kind.kind.clone()));
    let reports_refusal = |key: &Key, object: &Value| {
        key.kind.1 == "Event"
            && serde_json::from_value::<Event>(object.clone()).is_ok_and(|event| may_report_refusal(&event))
    };
    let telling =
        cluster.existing.iter().filter(|(key, object)| is_workload(key) || reports_refusal(key, object));
    let names: BTreeSet<&str> = telling.map(|(key, _)| key.namespace.as_str()).collect();
    let namespaces = names.into_iter().map(|name| of_namespace(cluster.only(&[name].into()), name));
    Ok(DumpNamespaces { namespaces: namespaces.collect(), remarks: cluster.remarks.clone() })
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
    for (missing, resource, kind) in
        [(snapshot.pods.is_none(), "pods", "Pod"), (snapshot.events.is_none(), "events", "Event")]
    {
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
    if !cluster.existing.keys().any(|key| key.kind.1 == kind) {
        return None;
    }
    let kinds: Vec<_> = groups.iter().map(|group| kind_of(group, kind, "")).collect();
    let found = kinds.iter().flat_map(|kind| objects(cluster, namespace, kind));
    Some(found.filter_map(|object| serde_json::from_value(object.clone()).ok()).collect())
}
