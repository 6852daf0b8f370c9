//! Counts objects again, as the quota controller does (`CalculateUsage` in
//! <https://github.com/kubernetes/kubernetes/blob/v1.37.2/staging/src/k8s.io/apiserver/pkg/quota/v1/resources.go>).

use std::collections::HashMap;

use shared::{
    admission::{charge_all, quota_facts::QuotaFacts},
    quantity::Quantity,
};

use crate::counted_objects::{CountedObject, Quotas, Tally};

/// What objects add up to.
#[derive(Clone, Debug, Default)]
pub struct Recount {
    /// The quotas of a namespace as the controller would write them, by the place of the first.
    charged: HashMap<usize, Vec<QuotaFacts>>,
    /// What explains a difference, by the same place.
    hints: HashMap<usize, Hints>,
}

/// What in a namespace quotas are known to count late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Pods that are still there after their grace period.
    pub overdue: usize,
    /// Pods whose containers run with other resources than they ask for.
    pub resized: usize,
}

impl Tally for Recount {
    fn add(&mut self, quotas: &Quotas, object: &CountedObject) {
        let places = quotas.of_namespace(&object.object.namespace);
        if places.is_empty() {
            return;
        }
        let start = places.start;
        let charged = self
            .charged
            .entry(start)
            .or_insert_with(|| quotas.counted.get(places).unwrap_or_default().to_vec());
        charge_all(&object.object, 1, charged);
        if object.overdue || object.resized {
            let hints = self.hints.entry(start).or_default();
            hints.overdue += usize::from(object.overdue);
            hints.resized += usize::from(object.resized);
        }
    }

    fn merge(&mut self, other: Self) {
        for (start, quotas) in other.charged {
            let Some(own) = self.charged.get_mut(&start) else {
                self.charged.insert(start, quotas);
                continue;
            };
            for (own, other) in own.iter_mut().zip(quotas) {
                for (name, amount) in other.used {
                    *own.used.entry(name).or_default() += &amount;
                }
            }
        }
        for (start, other) in other.hints {
            let own = self.hints.entry(start).or_default();
            own.overdue += other.overdue;
            own.resized += other.resized;
        }
    }
}

impl Recount {
    /// Returns what the objects add up to for a resource of the quota at this place.
    pub fn amount(&self, quotas: &Quotas, place: usize, resource: &str) -> Quantity {
        let Some(quota) = quotas.facts.get(place) else { return Quantity::ZERO };
        let start = quotas.of_namespace(&quota.namespace).start;
        let charged = self.charged.get(&start).and_then(|all| all.get(place.checked_sub(start)?));
        charged.and_then(|quota| quota.used.get(resource)).cloned().unwrap_or_default()
    }

    /// Returns what explains differences in the namespace of the quota at this place.
    pub fn hints(&self, quotas: &Quotas, place: usize) -> Hints {
        let start = quotas.facts.get(place).map(|quota| quotas.of_namespace(&quota.namespace).start);
        start.and_then(|start| self.hints.get(&start)).copied().unwrap_or_default()
    }
}
