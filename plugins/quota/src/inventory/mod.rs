//! What is in a namespace, as far as quotas and LimitRanges care.

mod builder;
mod collect;
mod dump;
mod workload;

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    admission::{
        Classes, NamespaceFacts,
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

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Inventories {
    /// By namespace, in the order of names.
    pub namespaces: Vec<Inventory>,
    /// Classes of the whole cluster.
    pub classes: Classes,
    /// What could not be read and makes the numbers too small.
    pub skipped: Vec<Skipped>,
}

/// What is in one namespace.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// Its name.
    pub namespace: String,
    /// Its pods, those that are alike together.
    pub pods: Vec<PodGroup>,
    /// What makes pods and belongs to nothing that does.
    pub workloads: Vec<Manifest>,
    /// Services, claims of volumes, claims of devices.
    pub objects: Vec<Object>,
    /// Its HorizontalPodAutoscalers.
    pub autoscalers: Vec<Value>,
    /// How many there are of what is only counted, by the name quotas know it by.
    pub counted: BTreeMap<String, usize>,
    /// Its quotas and LimitRanges.
    pub rules: NamespaceFacts,
}

/// Pods of one owner that are alike.
#[derive(Clone, Debug)]
pub struct PodGroup {
    /// What made them.
    pub owner: Owner,
    /// The name of one of them.
    pub example: String,
    /// What admission sees in them.
    pub facts: PodFacts,
    /// How many.
    pub count: usize,
}

impl PodGroup {
    /// One of them as an object.
    pub fn object(&self, namespace: &str) -> Object {
        Object::pod(namespace, &self.example, self.facts.clone())
    }
}

impl Inventory {
    /// Whether there is nothing to size a quota by.
    pub fn is_empty(&self) -> bool {
        self.pods.is_empty() && self.workloads.is_empty() && self.objects.is_empty()
    }

    /// A quota as it would stand once the controller has counted what is here.
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
        // Only an unscoped quota counts what is no pod and no claim.
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

    /// Every object that quotas charge in its own way, with how many there are.
    pub fn charged(&self) -> Vec<(Object, usize)> {
        let pods = self.pods.iter().map(|group| (group.object(&self.namespace), group.count));
        pods.chain(self.objects.iter().map(|object| (object.clone(), 1))).collect()
    }

    /// Everything that quotas charge.
    fn object_counts(&self) -> ObjectCounts {
        let objects = self.charged().into_iter().map(|(object, count)| (object, to_u64(count)));
        let mut counts = ObjectCounts { objects: objects.collect(), ..ObjectCounts::default() };
        for (resource, count) in &self.counted {
            counts.count(&self.namespace, resource, to_u64(*count));
        }
        counts
    }
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
