//! Scales the ReplicaSets of a Deployment, as its controller does (`scale` in `pkg/controller/deployment/sync.go`).

use std::cmp::Reverse;

use super::{ReplicaSet, ReplicaSets};
use crate::workload::Strategy;

impl ReplicaSets {
    /// Scales the ReplicaSets to a number of replicas, in proportion where several have pods.
    pub fn scale(&mut self, replicas: usize, strategy: Strategy) {
        let count: usize = self.old.iter().chain(&self.new).map(|set| set.pods).sum();
        let is_saturated = self.new.as_ref().is_some_and(|new| {
            new.replicas == replicas && new.desired == Some(replicas) && new.available == replicas
        });
        let latest = self.old.len() + usize::from(self.new.is_some());
        let mut active: Vec<_> = self.old.iter_mut().chain(&mut self.new).enumerate().collect();
        if active.iter().any(|(_, set)| set.replicas > 0) {
            active.retain(|(_, set)| set.replicas > 0);
        } else {
            active.retain(|(age, _)| age + 1 == latest);
        }
        if let [(_, only)] = active.as_mut_slice() {
            only.replicas = replicas;
        } else if is_saturated {
            self.old.iter_mut().for_each(|set| set.replicas = 0);
        } else if let Strategy::Rolling { surge, .. } = strategy {
            proportionally(active, replicas, surge, count);
        }
    }
}

/// Scales several ReplicaSets in proportion (`GetReplicaSetProportion`); the largest takes the remainder. Each comes
/// with its index by age; `pods` is the number of all pods.
fn proportionally(mut sets: Vec<(usize, &mut ReplicaSet)>, replicas: usize, surge: usize, pods: usize) {
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let allowed = if replicas > 0 { replicas + surge } else { 0 };
    let to_add = signed(allowed) - sets.iter().map(|(_, set)| signed(set.replicas)).sum::<i64>();
    match to_add {
        0 => return,
        1.. => sets.sort_by_key(|(age, set)| (Reverse(set.replicas), Reverse(*age))),
        _ => sets.sort_by_key(|(age, set)| (Reverse(set.replicas), *age)),
    }
    let mut added = 0;
    let mut sizes = Vec::new();
    for (_, set) in &sets {
        let size = signed(set.replicas);
        let fraction = match set.max.filter(|max| *max > 0).unwrap_or(pods) {
            _ if replicas == 0 => -size,
            0 => 0,
            // Rounded half up, as `RoundToInt32` does.
            max => (2 * size * signed(replicas + surge) + signed(max)) / (2 * signed(max)) - size,
        };
        let left = to_add - added;
        let proportion = match left {
            0 => 0,
            _ if to_add > 0 => fraction.min(left),
            _ => fraction.max(left),
        };
        added += proportion;
        sizes.push(size + proportion);
    }
    if let Some(largest) = sizes.first_mut() {
        *largest += to_add - added;
    }
    for ((_, set), size) in sets.into_iter().zip(sizes) {
        set.replicas = usize::try_from(size).unwrap_or(0);
    }
}
