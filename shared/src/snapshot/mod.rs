//! Snapshots: what of a cluster decides about admission, read from the cluster or from a dump.

mod activate;
mod autoscalers;
mod children;
pub mod class_needs;
mod class_objects;
mod count_dump;
mod count_objects;
pub mod from_dump;
pub mod namespace_state;
pub mod object_counts;
mod orphans;
mod pending_quotas;
mod read;
mod request;
mod served;
mod service_accounts;
pub mod terminating;
mod unchecked;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Result,
    admission::{
        ClusterFacts, NamespaceFacts, limit_range::LimitRangeFacts, quota_facts::QuotaFacts,
        simulator::Simulator, validation::kept_by_resize, version::Version,
    },
    client::incomplete::Skipped,
    dump::DumpKinds,
    manifest::{Key, Manifest, apply::merged, changed::differs, json::text},
    model::{LimitRange, ResourceQuota, kind::Kind},
    workload::{ClusterObjects, created_resources},
};

pub use autoscalers::read_autoscalers;
pub use class_needs::{device_classes, names_extended};
pub use class_objects::device as extended_resources_of_classes;
pub use namespace_state::NamespaceState;
pub use object_counts::{CountsByNamespace, ObjectCounts};
pub use read::version;
pub use request::{Namespaces, SnapshotRequest};
pub use served::{Discovery, ServedKinds};
pub use unchecked::ReadInterceptors;

/// A pending quota that counts resources whose existing objects are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UncountedQuota {
    /// The name of the quota.
    pub quota: String,
    /// The resources, such as `pods`.
    pub resources: Vec<String>,
}

/// A pod that is resized.
#[derive(Clone, Debug)]
pub struct Resize {
    /// What the server keeps of it.
    pub pod: Manifest,
    /// Whether the manifest changes something else, which the server drops.
    pub loses: bool,
}

/// A snapshot of everything in a cluster that decides whether objects are admitted.
#[derive(Clone, Debug, Default)]
pub struct ClusterSnapshot {
    /// Quotas and LimitRanges by namespace.
    pub namespaces: BTreeMap<String, NamespaceFacts>,
    /// The namespaces themselves, as far as they were looked at.
    pub namespace_states: BTreeMap<String, NamespaceState>,
    /// Whether a namespace that was not read does not exist: that of a dump of all.
    pub has_all_namespaces: bool,
    /// Namespaces whose quotas could not be read.
    pub without_quotas: BTreeSet<String>,
    /// Namespaces whose LimitRanges could not be read.
    pub without_limit_ranges: BTreeSet<String>,
    /// Namespaces and resources, ReplicaSets or ControllerRevisions, that could not be listed where they decide.
    pub without_children: BTreeSet<(String, String)>,
    /// Namespaces and resources that could not be listed, so that nothing of them counts as adopted.
    pub without_orphans: BTreeSet<(String, String)>,
    /// The version and the classes of the cluster.
    pub cluster_facts: ClusterFacts,
    /// Existing objects: those that the manifests name, or all of a dump.
    pub existing: BTreeMap<Key, Value>,
    /// Pending quotas whose usage is not known, by namespace.
    pub uncounted: BTreeMap<String, Vec<UncountedQuota>>,
    /// The existing objects that pending quotas will count.
    pub object_counts: CountsByNamespace,
    /// The nodes, where they could be read.
    pub nodes: Option<Vec<Value>>,
    /// The kinds that a dump has something of.
    pub kinds_of_dump: DumpKinds,
    /// What is odd about a dump.
    pub remarks: Vec<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// What the server serves of the manifests' kinds.
    pub served: ServedKinds,
    /// Whether changed resources of a pod are sent to its subresource `resize`.
    pub resize_requested: bool,
    /// Seconds since 1970.
    pub now: i64,
}

impl ClusterSnapshot {
    /// Returns a simulator that starts from the quotas, LimitRanges and classes as they were read.
    pub fn simulator(&self) -> Simulator {
        Simulator::new(self.namespaces.clone(), self.cluster_facts.clone())
    }

    /// Returns the objects that decide what controllers create.
    pub fn objects(&self) -> ClusterObjects<'_> {
        ClusterObjects { existing: &self.existing, nodes: self.nodes.as_deref() }
    }

    /// Returns the part that decides about objects of these namespaces, and of none.
    pub fn only(&self, namespaces: &BTreeSet<&str>) -> Self {
        self.only_with(namespaces, |_, _| true)
    }

    /// As [`ClusterSnapshot::only`], of existing objects those that `is_wanted` picks.
    pub fn only_with(&self, namespaces: &BTreeSet<&str>, is_wanted: impl Fn(&Key, &Value) -> bool) -> Self {
        fn part<T: Clone>(of: &BTreeMap<String, T>, namespaces: &BTreeSet<&str>) -> BTreeMap<String, T> {
            let kept = of.iter().filter(|(name, _)| namespaces.contains(name.as_str()));
            kept.map(|(name, one)| (name.clone(), one.clone())).collect()
        }
        let is_kept = |key: &Key| key.namespace.is_empty() || namespaces.contains(key.namespace.as_str());
        let existing = self.existing.iter().filter(|(key, object)| is_kept(key) && is_wanted(key, object));
        Self {
            namespaces: part(&self.namespaces, namespaces),
            namespace_states: part(&self.namespace_states, namespaces),
            has_all_namespaces: self.has_all_namespaces,
            without_quotas: self.without_quotas.clone(),
            without_limit_ranges: self.without_limit_ranges.clone(),
            without_children: self.without_children.clone(),
            without_orphans: self.without_orphans.clone(),
            cluster_facts: self.cluster_facts.clone(),
            existing: existing.map(|(key, object)| (key.clone(), object.clone())).collect(),
            uncounted: part(&self.uncounted, namespaces),
            object_counts: part(&self.object_counts, namespaces),
            nodes: self.nodes.clone(),
            kinds_of_dump: self.kinds_of_dump.clone(),
            remarks: self.remarks.clone(),
            skipped: self.skipped.clone(),
            served: self.served.clone(),
            resize_requested: self.resize_requested,
            now: self.now,
        }
    }

    /// Takes the existing objects of namespaces out, by namespace: what is left is what all of them have in common.
    pub fn take_namespaced(&mut self) -> BTreeMap<String, BTreeMap<Key, Value>> {
        let mut by_namespace: BTreeMap<String, BTreeMap<Key, Value>> = BTreeMap::new();
        for (key, object) in std::mem::take(&mut self.existing) {
            match key.namespace.is_empty() {
                true => drop(self.existing.insert(key, object)),
                false => drop(by_namespace.entry(key.namespace.clone()).or_default().insert(key, object)),
            }
        }
        by_namespace
    }

    /// Adds a ResourceQuota of a cluster or a dump.
    fn add_quota(&mut self, quota: ResourceQuota) -> Result<()> {
        let quota = QuotaFacts::new(quota)?;
        self.namespaces.entry(quota.namespace.clone()).or_default().quotas.push(quota);
        Ok(())
    }

    /// Adds a LimitRange of a cluster or a dump.
    fn add_limit_range(&mut self, range: &LimitRange) -> Result<()> {
        let range = LimitRangeFacts::new(range)?;
        self.namespaces.entry(range.namespace.clone()).or_default().limit_ranges.push(range);
        Ok(())
    }

    /// Adds existing objects of one kind.
    pub fn add_existing(&mut self, kind: &Kind, objects: impl IntoIterator<Item = Value>) {
        for object in objects {
            let metadata = &object["metadata"];
            let key = Key::new(kind, text(&metadata["namespace"]), text(&metadata["name"]));
            self.existing.insert(key, object);
        }
    }

    /// Returns the existing objects of a kind in a namespace, as far as they were read.
    pub fn of_kind(&self, kind: &Kind, namespace: &str) -> Vec<Value> {
        let first = Key::new(kind, namespace, "");
        let found = self.existing.range(&first..);
        let found = found.take_while(|(key, _)| key.kind == first.kind && key.namespace == first.namespace);
        found.map(|(_, object)| object.clone()).collect()
    }

    /// Returns why it is not known what a pending quota says to an object, or to what is created for it.
    pub fn uncounted_reason(&self, manifest: &Manifest) -> Option<String> {
        let created = created_resources(manifest);
        let is_created = |resource: &&String| {
            created.iter().any(|(group, plural)| match *group {
                "" => **resource == *plural,
                group => **resource == format!("{plural}.{group}"),
            })
        };
        self.uncounted.get(&manifest.namespace)?.iter().find_map(|one| {
            let resources: Vec<_> = one.resources.iter().filter(is_created).map(String::as_str).collect();
            let quota = &one.quota;
            (!resources.is_empty())
                .then(|| format!("how many {} there are is not known to quota {quota}", resources.join(", ")))
        })
    }

    /// Returns the version of Kubernetes whose rules apply.
    pub fn version(&self) -> Version {
        self.cluster_facts.version
    }

    /// Returns whether the resources of a pod may change.
    pub fn resizes(&self) -> bool {
        self.resize_requested && self.version().resizes()
    }

    /// Returns the existing object of a manifest's name.
    pub fn existing_of(&self, manifest: &Manifest) -> Option<&Value> {
        self.existing.get(&manifest.key()?)
    }

    /// Returns the manifest as `kubectl apply` would merge it with the existing object; `None` where there is none.
    pub fn after_apply(&self, manifest: &Manifest) -> Option<Manifest> {
        Some(merged(manifest, self.existing_of(manifest)?))
    }

    /// Returns what the server keeps of a manifest that changes the resources of an existing pod; `None` where it changes
    /// none, and is an update like another.
    pub fn resize_of(&self, manifest: &Manifest) -> Option<Resize> {
        let live = self.existing_of(manifest).filter(|_| manifest.kind.is("", "Pod") && self.resizes())?;
        let mut pod = merged(manifest, live);
        // Resources of the whole pod, which older servers drop, make it a resize as well.
        let changed = kept_by_resize(&pod.value, live, Version::default());
        if !differs(&changed["spec"], &live["spec"]) {
            return None;
        }
        let kept = kept_by_resize(&pod.value, live, self.version());
        let loses = differs(&pod.value["spec"], &kept["spec"]);
        pod.value = kept;
        Some(Resize { pod, loses })
    }
}
