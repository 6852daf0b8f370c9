//! The existing objects of a namespace, as far as quotas count them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    admission::{
        charge_all,
        evaluator::{counted_resources, counts},
        object::{Object, ObjectKind},
        quota_facts::QuotaFacts,
        resource_names::is_enforceable,
    },
    model::kind::Kind,
};

/// The objects of one namespace, alike ones as one with their number.
#[derive(Clone, Debug, Default)]
pub struct ObjectCounts {
    /// The objects.
    pub objects: Vec<(Object, u64)>,
    /// Resources that could not be listed.
    pub unread: BTreeSet<String>,
}

/// Object counts by namespace.
pub type CountsByNamespace = BTreeMap<String, ObjectCounts>;

/// What a cluster or a dump has of one resource in one namespace.
pub(super) enum Found {
    /// The objects, since quotas charge more than their number.
    Objects(Vec<Object>),
    /// Their number, where quotas charge nothing else.
    Count(u64),
    /// Nothing that is known: they may not be listed, or a dump was taken without them.
    Unread,
}

/// Returns the resources (`pods`, `deployments.apps`) whose objects any of these quotas counts.
fn resources<'a>(quotas: impl IntoIterator<Item = &'a QuotaFacts>) -> BTreeSet<String> {
    let names = quotas.into_iter().flat_map(|quota| quota.spec_hard.keys());
    // What nothing ever counts can't be listed either, such as bindings.
    names.filter(|name| is_enforceable(name)).flat_map(|name| counted_resources(name)).collect()
}

/// Returns each namespace of these quotas with each resource that its quotas count.
pub fn resources_by_namespace(quotas: &[QuotaFacts]) -> BTreeSet<(String, String)> {
    let counted_by = |quota: &QuotaFacts| {
        let namespace = quota.namespace.clone();
        resources([quota]).into_iter().map(move |resource| (namespace.clone(), resource))
    };
    quotas.iter().flat_map(counted_by).collect()
}

/// Kinds of which every namespace has one that a controller puts back: the root certificates, the default account.
const ALWAYS_PRESENT: [&str; 2] = ["configmaps", "serviceaccounts"];

impl ObjectCounts {
    /// Adds what was found of a resource.
    pub(super) fn add(&mut self, namespace: &str, resource: String, found: Found) {
        match found {
            Found::Objects(objects) => self.objects.extend(objects.into_iter().map(|object| (object, 1))),
            Found::Count(count) => self.add_count(namespace, &resource, count),
            Found::Unread => drop(self.unread.insert(resource)),
        }
    }

    /// Adds objects of a resource of which only the number counts.
    pub fn add_count(&mut self, namespace: &str, resource: &str, count: u64) {
        let count = if ALWAYS_PRESENT.contains(&resource) { count.max(1) } else { count };
        let object = Object {
            kind: Kind::from_resource(resource),
            namespace: namespace.to_owned(),
            name: String::new(),
            body: ObjectKind::Counted,
        };
        self.objects.push((object, count));
    }

    /// Returns the quota with the status its controller will write: `spec.hard` is enforced, and the existing objects
    /// are charged.
    pub fn enforced(&self, mut quota: QuotaFacts) -> QuotaFacts {
        quota.status_hard = quota.spec_hard.clone();
        quota.used = quota.spec_hard.keys().map(|name| (name.clone(), Default::default())).collect();
        for (object, count) in &self.objects {
            charge_all(object, *count, std::slice::from_mut(&mut quota));
        }
        quota
    }

    /// Returns whether any of the objects is counted under this resource name of a quota.
    pub fn covers(&self, resource: &str) -> bool {
        self.objects.iter().any(|(object, _)| counts(object, resource))
    }

    /// Returns the resources that the quota counts and that could not be listed.
    pub fn uncounted_resources(&self, quota: &QuotaFacts) -> Vec<String> {
        resources([quota]).intersection(&self.unread).cloned().collect()
    }
}
