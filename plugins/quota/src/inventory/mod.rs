//! What is in a namespace, as far as quotas and LimitRanges care.

mod collect;
mod dump;
mod gather;
mod owner;
mod workload;

use std::collections::BTreeMap;

use serde_json::Value;

pub use collect::{Reach, cluster};
pub use dump::dump;
pub use gather::Gathering;
pub use owner::Owner;
pub use workload::Workload;

use crate::{
    admission::{Classes, NamespaceFacts},
    check::{Manifest, read_object::kind_of},
    facts::{Body, Object, PodFacts},
    quota_facts::{Amounts, QuotaFacts, ScopeRequirement},
    skipped::Skipped,
};

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
        Object {
            kind: kind_of("", "Pod", "pods"),
            namespace: namespace.to_owned(),
            name: self.example.clone(),
            body: Body::Pod(Box::new(self.facts.clone())),
        }
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
        let known = |resource: &String| {
            let seen = self.counted.get(resource.strip_prefix("count/").unwrap_or(resource));
            let by_others = || {
                let others = self.rules.quotas.iter().filter(|quota| quota.requirements.is_empty());
                others.filter_map(|quota| quota.used.get(resource)).max().cloned()
            };
            // Only an unscoped quota counts what is no pod and no claim.
            let used = match requirements.is_empty() {
                true => seen.map(|count| pieces(*count)).or_else(by_others),
                false => None,
            };
            used.unwrap_or_default()
        };
        let mut quota = QuotaFacts {
            namespace: self.namespace.clone(),
            name: name.to_owned(),
            spec_hard: hard.clone(),
            used: hard.keys().map(|resource| (resource.clone(), known(resource))).collect(),
            status_hard: hard,
            scopes: Vec::new(),
            requirements,
        };
        // What is counted here exactly begins at nothing.
        let all = self.charged();
        for (object, _) in &all {
            for resource in
                quota.status_hard.keys().filter(|resource| crate::evaluator::counts(object, resource))
            {
                quota.used.insert(resource.clone(), Default::default());
            }
        }
        let mut quotas = [quota];
        for (object, count) in &all {
            crate::admission::charge_all(object, u64::try_from(*count).unwrap_or(u64::MAX), &mut quotas);
        }
        let [quota] = quotas;
        quota
    }

    /// Every object that quotas charge in its own way, with how many there are.
    pub fn charged(&self) -> Vec<(Object, usize)> {
        let pods = self.pods.iter().map(|group| (group.object(&self.namespace), group.count));
        pods.chain(self.objects.iter().map(|object| (object.clone(), 1))).collect()
    }
}

fn pieces(count: usize) -> shared::quantity::Quantity {
    let count = i128::try_from(count).unwrap_or(i128::MAX);
    shared::quantity::Quantity::from_integer(count, shared::quantity::Format::DecimalSi)
}
