//! Makes a cluster that shows a fault smaller while it still does.

use std::time::Instant;

use serde_json::{Value, json};

use super::cluster::RandomCluster;

/// Returns the smallest cluster that can be found before the deadline and shows the fault.
pub fn shrink(
    mut made: RandomCluster,
    mut shows: impl FnMut(&RandomCluster) -> bool,
    deadline: Instant,
) -> RandomCluster {
    loop {
        let smaller = smaller(&made).into_iter().find(|one| Instant::now() < deadline && shows(one));
        match smaller {
            Some(smaller) => made = smaller,
            None => return made,
        }
    }
}

/// Returns what a cluster can be made smaller to, the largest steps first.
fn smaller(made: &RandomCluster) -> Vec<RandomCluster> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut RandomCluster)| {
        let mut smaller = made.clone();
        change(&mut smaller);
        all.push(smaller);
    };
    for (index, workload) in made.workloads.iter().enumerate() {
        let app = workload["metadata"]["name"].clone();
        with(&|one| {
            one.workloads.remove(index);
            one.budgets.retain(|budget| budget["spec"]["selector"]["matchLabels"]["app"] != app);
        });
    }
    for index in (0..made.nodes.len()).filter(|index| !made.drained.contains(&made.names[*index])) {
        with(&|one| drop((one.nodes.remove(index), one.names.remove(index))));
    }
    if made.drained.len() > 1 {
        (0..made.drained.len()).for_each(|index| with(&|one| drop(one.drained.remove(index))));
    }
    (0..made.budgets.len()).for_each(|index| with(&|one| drop(one.budgets.remove(index))));
    if made.quota.is_some() {
        with(&|one| one.quota = None);
    }
    for (index, workload) in made.workloads.iter().enumerate() {
        let replicas = workload["spec"]["replicas"].as_u64().unwrap_or(1);
        if replicas > 1 {
            with(&|one| one.workloads[index]["spec"]["replicas"] = json!(replicas - 1));
        }
        let rules =
            ["affinity", "topologySpreadConstraints", "nodeSelector", "tolerations", "initContainers"];
        for rule in rules {
            if !workload["spec"]["template"]["spec"][rule].is_null() {
                with(&|one| remove(&mut one.workloads[index]["spec"]["template"]["spec"], rule));
            }
        }
    }
    all
}

fn remove(object: &mut Value, field: &str) {
    if let Some(object) = object.as_object_mut() {
        object.remove(field);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use support::Random;

    use super::*;

    #[test]
    fn what_a_fault_does_not_need_goes() {
        let made = RandomCluster::new(&mut Random::new(7));
        let replicas = |one: &RandomCluster| {
            one.workloads
                .iter()
                .map(|workload| workload["spec"]["replicas"].as_u64().unwrap_or(0))
                .sum::<u64>()
        };
        assert!(made.nodes.len() > 2 && replicas(&made) > 2, "too small to be shrunk: {}", made.to_yaml());
        let shows = |one: &RandomCluster| one.nodes.len() >= 2 && replicas(one) >= 2;
        let smallest = shrink(made, shows, Instant::now() + Duration::from_secs(60));
        assert_eq!((smallest.nodes.len(), replicas(&smallest)), (2, 2));
        assert_eq!((smallest.budgets.len(), smallest.drained.len()), (0, 1));
        assert!(smallest.to_yaml().contains("kind: Node"), "{}", smallest.to_yaml());
    }
}
