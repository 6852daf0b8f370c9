//! Snapshots: what of a cluster decides about admission, read from the cluster or from a dump.

mod activate;
mod class_objects;
mod count_dump;
mod count_objects;
pub mod from_dump;
pub mod object_counts;
mod pending_quotas;
mod read;
mod request;
pub mod terminating;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Result,
    admission::{
        Classes, NamespaceFacts, limit_range::LimitRangeFacts, quota_facts::QuotaFacts, simulator::Simulator,
        version::Minor,
    },
    client::incomplete::Skipped,
    manifest::{Key, Manifest, apply::merged, json::text},
    model::{LimitRange, ResourceQuota, kind::Kind},
    workload::ClusterObjects,
};

pub use object_counts::{CountsByNamespace, ObjectCounts};
pub use read::{learn_kinds, version};
pub use request::{Namespaces, SnapshotRequest};

/// A snapshot of everything in a cluster that decides whether objects are admitted.
#[derive(Clone, Debug, Default)]
pub struct ClusterSnapshot {
    /// Quotas and LimitRanges by namespace.
    pub namespaces: BTreeMap<String, NamespaceFacts>,
    /// Namespaces whose quotas could not be read.
    pub without_quotas: BTreeSet<String>,
    /// Namespaces whose LimitRanges could not be read.
    pub without_limit_ranges: BTreeSet<String>,
    /// The classes of the cluster.
    pub classes: Classes,
    /// Existing objects: those that the manifests name, or all of a dump.
    pub existing: BTreeMap<Key, Value>,
    /// Namespaces with a pending quota whose usage is not known, and why.
    pub uncounted: BTreeMap<String, String>,
    /// The existing objects that pending quotas will count.
    pub object_counts: CountsByNamespace,
    /// The nodes, where they could be read.
    pub nodes: Option<Vec<Value>>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// The version of Kubernetes whose rules apply.
    pub minor: Minor,
    /// Seconds since 1970.
    pub now: i64,
}

impl ClusterSnapshot {
    /// Returns a simulator that starts from the quotas, LimitRanges and classes as they were read.
    pub fn simulator(&self) -> Simulator {
        Simulator::new(self.namespaces.clone(), self.classes.clone())
    }

    /// Returns the objects that decide what controllers create.
    pub fn objects(&self) -> ClusterObjects<'_> {
        ClusterObjects { existing: &self.existing, nodes: self.nodes.as_deref() }
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

    /// Returns the existing object of a manifest's name.
    pub fn existing_of(&self, manifest: &Manifest) -> Option<&Value> {
        self.existing.get(&manifest.key()?)
    }

    /// Returns the manifest as `kubectl apply` would merge it with the existing object; `None` where there is none.
    pub fn after_apply(&self, manifest: &Manifest) -> Option<Manifest> {
        Some(merged(manifest, self.existing_of(manifest)?))
    }
}
