//! A simulation of admission over several requests: each one that is admitted is charged.

use std::collections::BTreeMap;

use super::{object::Object, quota_facts::QuotaFacts};
use crate::admission::{
    ClusterFacts, Decision, NamespaceFacts, Refusal, Request, Shortage, admit, charge_all,
    limit_range::LimitRangeFacts, release_all, remaining_capacity, shortages,
};

/// Quotas as they fill up, with the other rules of admission.
#[derive(Clone, Debug, Default)]
pub struct Simulator {
    /// Quotas and LimitRanges by namespace.
    pub namespaces: BTreeMap<String, NamespaceFacts>,
    /// The version and the classes of the whole cluster.
    pub cluster_facts: ClusterFacts,
    /// Whether something was admitted at a charge that depends on the order in which LimitRanges apply.
    pub order_dependent: bool,
}

/// The outcome of a request.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Admitted and charged.
    Admitted,
    /// Refused with one of these; nothing was charged.
    Refused(Vec<Refusal>),
    /// Refused or admitted, depending on the order in which LimitRanges apply; nothing was charged.
    OrderDependent(Vec<Refusal>),
}

impl Simulator {
    /// Returns a simulator of the whole cluster with quotas and LimitRanges by namespace.
    pub fn new(namespaces: BTreeMap<String, NamespaceFacts>, cluster_facts: ClusterFacts) -> Self {
        Self { namespaces, cluster_facts, order_dependent: false }
    }

    /// Returns a simulator of one namespace.
    pub fn for_namespace(namespace: &str, rules: NamespaceFacts, cluster_facts: ClusterFacts) -> Self {
        Self::new([(namespace.to_owned(), rules)].into(), cluster_facts)
    }

    /// Decides a request, and charges what is admitted.
    pub fn admit(&mut self, request: &Request) -> Outcome {
        let namespace = self.namespaces.entry(request.object.namespace.clone()).or_default();
        match admit(request, namespace, &self.cluster_facts) {
            Decision::Admitted(admitted) => {
                self.order_dependent |= admitted.order_dependent;
                for (index, used) in admitted.charges {
                    if let Some(quota) = namespace.quotas.get_mut(index) {
                        quota.used = used;
                    }
                }
                if let Some(old) = request.old {
                    release_all(old, 1, &mut namespace.pending);
                }
                charge_all(&admitted.object, 1, &mut namespace.pending);
                Outcome::Admitted
            }
            Decision::Refused(refusals) => Outcome::Refused(refusals),
            Decision::OrderDependent(_, refusals) => Outcome::OrderDependent(refusals),
        }
    }

    /// Decides the creation of an object, and charges it if it is admitted.
    pub fn create(&mut self, object: Object) -> Outcome {
        self.admit(&Request { object, old: None, resize: false })
    }

    /// Returns the object with the fields that admission fills in, whether or not quotas admit it.
    pub fn filled_in(&self, object: Object) -> Object {
        let rules = self.namespaces.get(&object.namespace);
        self.filled_in_by(object, rules.map(|rules| rules.limit_ranges.clone()).unwrap_or_default())
    }

    /// Returns an object that exists with the fields that admission filled in when it was created.
    pub fn filled_in_before(&self, object: Object) -> Object {
        let rules = self.namespaces.get(&object.namespace);
        let ranges = rules.map(|rules| rules.former_limit_ranges.as_ref().unwrap_or(&rules.limit_ranges));
        self.filled_in_by(object, ranges.cloned().unwrap_or_default())
    }

    fn filled_in_by(&self, object: Object, limit_ranges: Vec<LimitRangeFacts>) -> Object {
        let rules = NamespaceFacts { limit_ranges, ..NamespaceFacts::default() };
        match admit(
            &Request { object: object.clone(), old: None, resize: false },
            &rules,
            &self.cluster_facts,
        ) {
            Decision::Admitted(admitted) | Decision::OrderDependent(admitted, _) => admitted.object,
            Decision::Refused(_) => object.of_cluster(&self.cluster_facts),
        }
    }

    /// Releases the charge of an object.
    pub fn release(&mut self, object: &Object) {
        self.release_all(object, 1);
    }

    /// Releases the charge of `count` objects like this one.
    pub fn release_all(&mut self, object: &Object, count: u64) {
        if let Some(namespace) = self.namespaces.get_mut(&object.namespace) {
            let object = &object.clone().of_cluster(&self.cluster_facts);
            release_all(object, count, &mut namespace.quotas);
            release_all(object, count, &mut namespace.pending);
        }
    }

    /// Returns how many more objects like this one the quotas admit; `None` for any number. The object must be
    /// [`filled_in`](Self::filled_in).
    pub fn remaining_capacity(&self, object: &Object) -> Option<u64> {
        self.remaining_sets(std::slice::from_ref(object))
    }

    /// Returns how many more sets of objects like these, of one namespace and filled in, the quotas admit; `None` for any
    /// number.
    pub fn remaining_sets(&self, set: &[Object]) -> Option<u64> {
        let rules = self.namespaces.get(&set.first()?.namespace)?;
        remaining_capacity(set, &rules.quotas)
    }

    /// Charges `count` objects like this one, which fit.
    pub fn charge_all(&mut self, object: &Object, count: u64) {
        if let Some(namespace) = self.namespaces.get_mut(&object.namespace) {
            charge_all(object, count, &mut namespace.quotas);
            charge_all(object, count, &mut namespace.pending);
        }
    }

    /// Adds a quota that counts already and is not enforced yet.
    pub fn add_pending(&mut self, quota: QuotaFacts) {
        self.namespaces.entry(quota.namespace.clone()).or_default().pending.push(quota);
    }

    /// Enforces a pending quota from now on, in place of the one of its name.
    pub fn enforce(&mut self, namespace: &str, name: &str) {
        let rules = self.namespaces.entry(namespace.to_owned()).or_default();
        let Some(index) = rules.pending.iter().position(|quota| quota.name == name) else { return };
        rules.quotas.retain(|quota| quota.name != name);
        rules.quotas.push(rules.pending.remove(index));
    }

    /// Returns what quotas lack for `count` more of an object.
    pub fn shortages(&self, object: &Object, count: usize) -> Vec<Shortage> {
        self.shortages_of_all(&[(object.clone(), count)])
    }

    /// Returns what quotas lack for these objects of one namespace, each a number of times.
    pub fn shortages_of_all(&self, objects: &[(Object, usize)]) -> Vec<Shortage> {
        let Some((first, _)) = objects.first() else { return Vec::new() };
        let Some(rules) = self.namespaces.get(&first.namespace) else { return Vec::new() };
        let objects: Vec<_> =
            objects.iter().map(|(object, count)| (self.filled_in(object.clone()), *count)).collect();
        shortages(&objects, &rules.quotas)
    }
}
