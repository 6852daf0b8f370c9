//! What exists in a namespace, as far as a quota would count it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    admission::{
        charge_all,
        evaluator::{counted_resources, counts},
        object::{Object, ObjectKind},
        quota_facts::QuotaFacts,
    },
    model::kind::Kind,
};

/// Objects of one namespace, each with how many there are of its like.
#[derive(Clone, Debug, Default)]
pub struct ObjectCounts {
    /// The objects.
    pub objects: Vec<(Object, u64)>,
    /// Resources that could not be listed.
    pub unread: BTreeSet<String>,
}

/// Censuses by namespace.
pub type CountsByNamespace = BTreeMap<String, ObjectCounts>;

/// The resources (`pods`, `deployments.apps`) whose objects any of these quotas counts.
pub fn resources<'a>(quotas: impl IntoIterator<Item = &'a QuotaFacts>) -> BTreeSet<String> {
    let names = quotas.into_iter().flat_map(|quota| quota.spec_hard.keys());
    names.flat_map(|name| counted_resources(name)).collect()
}

/// Kinds of which every namespace has one that a controller puts back: the root certificates, the default account.
const ALWAYS_THERE: [&str; 2] = ["configmaps", "serviceaccounts"];

impl ObjectCounts {
    /// Adds objects of a resource of which only the number counts.
    pub fn count(&mut self, namespace: &str, resource: &str, count: u64) {
        let count = if ALWAYS_THERE.contains(&resource) { count.max(1) } else { count };
        let object = Object {
            kind: Kind::of_resource(resource),
            namespace: namespace.to_owned(),
            name: String::new(),
            body: ObjectKind::Counted,
        };
        self.objects.push((object, count));
    }

    /// The quota as the controller fills it in: what it asks for is enforced, and what is there is charged.
    pub fn enforced(&self, mut quota: QuotaFacts) -> QuotaFacts {
        quota.status_hard = quota.spec_hard.clone();
        quota.used = quota.spec_hard.keys().map(|name| (name.clone(), Default::default())).collect();
        for (object, count) in &self.objects {
            charge_all(object, *count, std::slice::from_mut(&mut quota));
        }
        quota
    }

    /// Whether there is anything here that a quota counts under this name, were it none.
    pub fn covers(&self, resource: &str) -> bool {
        self.objects.iter().any(|(object, _)| counts(object, resource))
    }

    /// What of the quota could not be counted.
    pub fn uncounted_resources(&self, quota: &QuotaFacts) -> Vec<String> {
        resources([quota]).intersection(&self.unread).cloned().collect()
    }
}
