//! What a snapshot of a cluster is to hold.

use std::collections::BTreeSet;

use crate::{admission::version::Version, manifest::Manifest, workload::runs_on_every_node};

/// The namespaces whose ResourceQuotas and LimitRanges are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Namespaces {
    /// The named ones, each listed by itself.
    Named(BTreeSet<String>),
    /// All of them, with one list per kind.
    All,
}

impl Default for Namespaces {
    fn default() -> Self {
        Self::Named(BTreeSet::new())
    }
}

impl Namespaces {
    /// Returns the one namespace.
    pub fn one(name: &str) -> Self {
        Self::Named([name.to_owned()].into())
    }
}

/// A request for a [`ClusterSnapshot`](super::ClusterSnapshot) of a cluster.
#[derive(Clone, Debug, Default)]
pub struct SnapshotRequest<'a> {
    /// The namespaces whose quotas and LimitRanges are read.
    pub namespaces: Namespaces,
    /// Manifests whose existing objects are read, with the claims and pods of StatefulSets, and with the objects that
    /// quotas among them will count.
    pub manifests: &'a [Manifest],
    /// Whether PriorityClasses, RuntimeClasses and StorageClasses are read: those that decide about the manifests; all,
    /// where there are no manifests.
    pub classes: bool,
    /// Whether the HorizontalPodAutoscalers that may scale one of the manifests are read, into the existing objects.
    pub autoscalers: bool,
    /// Whether the ReplicaSets and ControllerRevisions that decide about updates are read, into the existing objects.
    pub children: bool,
    /// Whether what the controllers of new workloads adopt is read, into the existing objects.
    pub orphans: bool,
    /// The version whose rules apply; `None` for the server's, which is asked.
    pub version: Option<Version>,
    /// Whether nodes are read.
    pub nodes: bool,
    /// The present, in seconds since 1970.
    pub now: i64,
}

impl<'a> SnapshotRequest<'a> {
    /// Returns the request for everything that decides about these manifests.
    pub fn for_manifests(manifests: &'a [Manifest], now: i64) -> Self {
        let namespaces = manifests.iter().map(|manifest| manifest.namespace.clone());
        Self {
            namespaces: Namespaces::Named(namespaces.filter(|name| !name.is_empty()).collect()),
            manifests,
            classes: true,
            autoscalers: false,
            children: false,
            orphans: false,
            version: None,
            nodes: manifests.iter().any(|manifest| runs_on_every_node(&manifest.kind)),
            now,
        }
    }
}
