//! The contents of a namespace that quotas and LimitRanges apply to.

mod builder;
mod collect;
mod dump;
mod workload;

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    admission::{
        ClusterFacts, NamespaceFacts,
        object::{Object, PodFacts},
        quota_facts::{Amounts, QuotaFacts, ScopeRequirement},
    },
    client::incomplete::Skipped,
    manifest::Manifest,
    snapshot::object_counts::ObjectCounts,
    workload::owner::Owner,
};

pub use builder::InventoryBuilder;
pub use collect::{NamespaceSelection, read_cluster};
pub use dump::read_dump;
pub use workload::Workload;

/// The inventories of several namespaces.
#[derive(Clone, Debug, Default)]
pub struct Inventories {
    /// One inventory for each namespace, in the order of names.
    pub namespaces: Vec<Inventory>,
    /// The version and the classes of the whole cluster.
    pub cluster_facts: ClusterFacts,
    /// What is odd about a dump.
    pub remarks: Vec<String>,
    /// Objects that could not be counted, which matters where they are limited.
    pub uncounted: Vec<Skipped>,
    /// What could not be read, so that amounts are too small.
    pub skipped: Vec<Skipped>,
}

/// The contents of a namespace.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// Its name.
    pub namespace: String,
    /// Its pods, identical ones grouped.
    pub pods: Vec<PodGroup>,
    /// Its workloads that no other workload controls.
    pub workloads: Vec<Manifest>,
    /// Its Services, PersistentVolumeClaims and ResourceClaims.
    pub objects: Vec<Object>,
    /// Its HorizontalPodAutoscalers.
    pub autoscalers: Vec<Value>,
    /// The number of ReplicaSets and Jobs that a workload controls.
    pub children: BTreeMap<Owner, usize>,
    /// The number of objects of kinds that are only counted, by their names in quotas.
    pub counted: BTreeMap<String, usize>,
    /// Its quotas and LimitRanges.
    pub rules: NamespaceFacts,
}

/// Identical pods of one owner.
#[derive(Clone, Debug)]
pub struct PodGroup {
    /// Their top controller.
    pub owner: Owner,
    /// The name of one of them.
    pub example: String,
    /// What admission sees of them.
    pub facts: PodFacts,
    /// Their number.
    pub count: usize,
}

impl PodGroup {
    /// Returns one of them as an object.
    pub fn object(&self, namespace: &str) -> Object {
        Object::pod(namespace, &self.example, self.facts.clone())
    }
}

impl Inventory {
    /// Returns whether there is nothing to size a quota by.
    pub fn is_empty(&self) -> bool {
        self.pods.is_empty() && self.workloads.is_empty() && self.objects.is_empty()
    }

    /// Returns a quota as it would be once the quota controller has counted this namespace.
    pub fn counted_quota(
        &self,
        name: &str,
        hard: Amounts,
        requirements: Vec<ScopeRequirement>,
    ) -> QuotaFacts {
        let counts = self.object_counts();
        let mut quota = counts.enforced(QuotaFacts {
            namespace: self.namespace.clone(),
            name: name.to_owned(),
            spec_hard: hard,
            used: Amounts::new(),
            status_hard: Amounts::new(),
            scopes: Vec::new(),
            requirements,
        });
        // Only a quota without scopes counts other objects than pods and claims.
        if quota.requirements.is_empty() {
            let others: Vec<_> =
                self.rules.quotas.iter().filter(|quota| quota.requirements.is_empty()).collect();
            for (resource, used) in quota.used.iter_mut().filter(|(resource, _)| !counts.covers(resource)) {
                let by_others = others.iter().filter_map(|quota| quota.used.get(resource)).max();
                *used = by_others.cloned().unwrap_or_default();
            }
        }
        quota
    }

    /// Returns the objects whose contents decide what quotas charge, with their number.
    pub fn charged(&self) -> Vec<(Object, usize)> {
        let pods = self.pods.iter().map(|group| (group.object(&self.namespace), group.count));
        pods.chain(self.objects.iter().map(|object| (object.clone(), 1))).collect()
    }

    /// Returns everything that quotas charge.
    fn object_counts(&self) -> ObjectCounts {
        let objects = self.charged().into_iter().map(|(object, count)| (object, to_u64(count)));
        let mut counts = ObjectCounts { objects: objects.collect(), ..ObjectCounts::default() };
        for (resource, count) in &self.counted {
            counts.add_count(&self.namespace, resource, to_u64(*count));
        }
        counts
    }
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
