//! The parts that workloads have in what quotas count, added up object by object.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use shared::{
    admission::{
        evaluator::{counts, usage},
        matches,
        resource_names::canonical,
    },
    quantity::Quantity,
    workload::owner::{Owner, Owners},
};

use crate::counted_objects::{CountedObject, Quotas, Tally};

/// The part of one workload in one resource of one quota.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The number of its objects that count.
    pub objects: usize,
    /// The amount that they are charged.
    pub used: Quantity,
    /// The number of its pods that are still there and no longer count.
    pub released: usize,
    /// Its pods that count, where they are to be kept.
    pub pods: Vec<(String, Quantity)>,
}

impl Part {
    fn merge(&mut self, other: Self) {
        self.objects += other.objects;
        self.used += &other.used;
        self.released += other.released;
        self.pods.extend(other.pods);
    }
}

/// The parts in one quota, by resource and workload.
pub type PartsOfQuota = BTreeMap<String, BTreeMap<Owner, Part>>;

/// The parts in all quotas.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Whether pods are kept by name.
    pub keeps_pods: bool,
    /// The resources that are added up; empty for all.
    pub resources: Vec<String>,
    /// By the place of the quota.
    pub by_quota: HashMap<usize, PartsOfQuota>,
    /// The controllers of workloads that a dump has, by namespace.
    pub owners: BTreeMap<String, Owners>,
}

impl Tally for Parts {
    fn add(&mut self, quotas: &Quotas, object: &CountedObject) {
        let namespace = &object.object.namespace;
        let kind = object.object.kind.kind.as_str();
        if matches!(kind, "Job" | "ReplicaSet") && object.owner.kind != kind && !object.object.name.is_empty()
        {
            let owned = Owner::new(kind, &object.object.name);
            self.owners.entry(namespace.clone()).or_default().insert(owned, object.owner.clone());
        }
        let places = quotas.of_namespace(namespace);
        if places.is_empty() {
            return;
        }
        let usage = usage(&object.object);
        for place in places {
            let Some(quota) = quotas.counted.get(place).filter(|quota| matches(quota, &object.object)) else {
                continue;
            };
            for resource in quota.spec_hard.keys() {
                if !self.wants(resource) {
                    continue;
                }
                let keeps_pods = self.keeps_pods;
                match usage.get(resource).filter(|amount| !amount.is_zero()) {
                    Some(amount) => self.part(place, resource, object).charge(object, amount, keeps_pods),
                    None if (object.finished || object.overdue) && counts(&object.object, resource) => {
                        self.part(place, resource, object).released += 1;
                    }
                    None => {}
                }
            }
        }
    }

    fn merge(&mut self, other: Self) {
        for (place, resources) in other.by_quota {
            let own = self.by_quota.entry(place).or_default();
            for (resource, owners) in resources {
                let own = own.entry(resource).or_default();
                for (owner, part) in owners {
                    own.entry(owner).or_default().merge(part);
                }
            }
        }
        for (namespace, owners) in other.owners {
            self.owners.entry(namespace).or_default().extend(owners);
        }
    }
}

impl Part {
    fn charge(&mut self, object: &CountedObject, amount: &Quantity, keeps_pods: bool) {
        self.objects += 1;
        self.used += amount;
        if keeps_pods && object.object.kind.kind == "Pod" {
            self.pods.push((object.object.name.clone(), amount.clone()));
        }
    }
}

impl Parts {
    /// Returns an empty tally of these resources.
    pub fn new(resources: &[String], keeps_pods: bool) -> Self {
        Self { resources: resources.to_vec(), keeps_pods, ..Self::default() }
    }

    fn wants(&self, resource: &str) -> bool {
        let same = |one: &String| one == resource || canonical(one) == canonical(resource);
        self.resources.is_empty() || self.resources.iter().any(same)
    }

    fn part(&mut self, place: usize, resource: &str, object: &CountedObject) -> &mut Part {
        let resources = self.by_quota.entry(place).or_default();
        if !resources.contains_key(resource) {
            resources.insert(resource.to_owned(), BTreeMap::new());
        }
        let owners = resources.entry(resource.to_owned()).or_default();
        owners.entry(object.owner.clone()).or_default()
    }

    /// Returns the namespaces that have parts of workloads of this kind.
    pub fn namespaces_with(&self, quotas: &Quotas, kind: &str) -> BTreeSet<String> {
        let has_kind = |resources: &PartsOfQuota| {
            resources.values().any(|owners| owners.keys().any(|owner| owner.kind == kind))
        };
        let places = self.by_quota.iter().filter(|(_, resources)| has_kind(resources));
        places.filter_map(|(place, _)| Some(quotas.facts.get(*place)?.namespace.clone())).collect()
    }

    /// Gives every part to the top controller that is known.
    pub fn lift_owners(&mut self, quotas: &Quotas) {
        for (place, resources) in &mut self.by_quota {
            let owners = quotas.facts.get(*place).and_then(|quota| self.owners.get(&quota.namespace));
            let Some(owners) = owners.filter(|owners| !owners.is_empty()) else { continue };
            for parts in resources.values_mut() {
                for (owner, part) in std::mem::take(parts) {
                    parts.entry(owner.top(owners)).or_default().merge(part);
                }
            }
        }
    }
}
