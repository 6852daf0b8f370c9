//! Requests and limits of containers as samples.

use shared::{
    admission::{
        object::{ObjectKind, PodFacts},
        simulator::Simulator,
    },
    quantity::Quantity,
};

use crate::inventory::{Inventory, Workload};

/// A container, with the number of identical ones.
#[derive(Clone, Debug)]
pub struct Sample {
    /// `container app of deployment/web`.
    pub location: String,
    /// Its request.
    pub request: Option<Quantity>,
    /// Its limit.
    pub limit: Option<Quantity>,
    /// The number of identical containers; 0 for a template whose pods exist already.
    pub count: usize,
    /// Whether its pod sets pod-level resources: defaults do not apply to it, bounds do.
    pub has_pod_level_resources: bool,
}

/// Returns the containers of running pods and of templates, with their request and limit of one resource.
pub fn samples(inventory: &Inventory, simulator: &Simulator, resource: &str) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut take = |facts: &PodFacts, owner: &str, count: usize| {
        for container in facts.containers() {
            samples.push(Sample {
                location: format!("container {} of {owner}", container.name),
                request: container.spec.requests.get(resource).cloned(),
                limit: container.spec.limits.get(resource).cloned(),
                count,
                has_pod_level_resources: facts.has_pod_level(),
            });
        }
    };
    for group in inventory.pods.iter().filter(|group| !group.facts.released) {
        take(&group.facts, &group.owner.to_string(), group.count);
    }
    for manifest in &inventory.workloads {
        let workload = Workload::of(manifest, inventory);
        let Some(pod) = workload.pod() else { continue };
        let count = if workload.running == 0 { workload.desired.max(1) } else { 0 };
        if let ObjectKind::Pod(facts) = simulator.filled_in(pod).body {
            take(&facts, &workload.owner.to_string(), count);
        }
    }
    samples
}

/// Returns a percentile of the containers by nearest rank; `None` where there are no containers.
pub fn percentile<'a>(
    amounts: impl Iterator<Item = (&'a Quantity, usize)>,
    percent: usize,
) -> Option<Quantity> {
    let mut amounts: Vec<_> = amounts.collect();
    amounts.sort();
    let total: usize = amounts.iter().map(|(_, count)| count).sum();
    let rank = total.saturating_mul(percent).div_ceil(100).max(1);
    let mut seen = 0;
    amounts
        .into_iter()
        .find(|(_, count)| {
            seen += count;
            seen >= rank
        })
        .map(|(amount, _)| amount.clone())
}

#[cfg(test)]
mod tests {
    use shared::quantity::Quantity;

    use super::percentile;

    #[test]
    fn the_nearest_rank_counts_containers() {
        let amounts = [("1", 1), ("2", 9), ("100", 10)];
        let amounts = amounts.map(|(amount, count)| (Quantity::parse(amount).unwrap(), count));
        let of = |percent| {
            percentile(amounts.iter().map(|(amount, count)| (amount, *count)), percent).unwrap().to_string()
        };
        assert_eq!([of(1), of(5), of(6), of(50), of(51), of(100)], ["1", "1", "2", "2", "100", "100"]);
        assert_eq!(percentile(std::iter::empty(), 50), None);
    }
}
