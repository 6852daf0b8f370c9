//! The QoS class of a pod (`ComputePodQOS` in `pkg/apis/core/helper/qos`).

use super::PodFacts;
use crate::resources::{Requirements, ResourceList, add_list};

impl PodFacts {
    /// Returns whether the pod is `BestEffort`, by its status, else by its resources.
    pub fn is_best_effort(&self) -> bool {
        match self.qos_class.as_str() {
            "" => self.qos_class() == "BestEffort",
            known => known == "BestEffort",
        }
    }

    /// Returns `Guaranteed`, `Burstable` or `BestEffort` by the pod's resources. Pod-level resources decide alone.
    pub fn qos_class(&self) -> &'static str {
        let (mut requests, mut limits) = (ResourceList::new(), ResourceList::new());
        let mut has_all_limits = true;
        let mut take = |spec: &Requirements| {
            let found = compute(&spec.limits);
            has_all_limits &= found.len() == 2;
            add_list(&mut limits, &found);
            add_list(&mut requests, &compute(&spec.requests));
        };
        match &self.resources.pod_level {
            Some(level) if level.limits.is_empty() => add_list(&mut requests, &compute(&level.requests)),
            Some(level) => take(level),
            None => self.containers().for_each(|container| take(&container.spec)),
        }
        if requests.is_empty() && limits.is_empty() {
            return "BestEffort";
        }
        let is_equal = requests.len() == limits.len()
            && requests.iter().all(|(name, amount)| limits.get(name) == Some(amount));
        if has_all_limits && is_equal { "Guaranteed" } else { "Burstable" }
    }
}

/// Returns CPU and memory above zero, which alone decide the QoS class.
fn compute(list: &ResourceList) -> ResourceList {
    let counts = |name: &str| matches!(name, "cpu" | "memory");
    let kept = list.iter().filter(|(name, amount)| counts(name) && amount.is_positive());
    kept.map(|(name, amount)| (name.clone(), amount.clone())).collect()
}
