//! How full the nodes that remain become.

use std::collections::BTreeMap;

use shared::{
    model::WidePod,
    quantity::{Format, Quantity},
    resources::{PodResources, ResourceList},
};

use super::{
    Capacity, Facts, Fits, ResourceCapacity,
    subject::{Subject, Successor},
};

/// Resources that are always listed.
const LISTED: [&str; 3] = ["cpu", "memory", "pods"];

/// Sums up what the remaining nodes offer and what is requested of them, now and after the drain.
pub fn capacity(facts: &Facts, subjects: &[Subject]) -> Capacity {
    let remaining: BTreeMap<&str, &shared::model::Node> = facts
        .nodes
        .iter()
        .map(|node| (node.metadata.name.as_str(), node))
        .filter(|(name, node)| !facts.is_target(name) && is_usable(node) && !facts.held.contains_key(*name))
        .collect();
    let (mut allocatable, mut before) = (ResourceList::new(), ResourceList::new());
    for node in remaining.values() {
        for (name, amount) in &node.status.allocatable {
            add(&mut allocatable, name, &Quantity::parse(amount.as_str()).unwrap_or_default());
        }
    }
    for pod in facts.pods.iter().filter(|pod| remaining.contains_key(pod.spec.node_name.as_str())) {
        if !pod.is_terminal() {
            add_pod(&mut before, pod);
        }
    }
    let mut after = before.clone();
    let replaced = || subjects.iter().filter(|one| one.wave.is_some() && one.successor != Successor::Nobody);
    let mut requested = ResourceList::new();
    for subject in replaced().filter(|subject| subject.fits != Some(Fits::No)) {
        add_pod(&mut after, subject.pod);
        add_pod(&mut requested, subject.pod);
    }
    let is_listed = |name: &String| LISTED.contains(&name.as_str()) || requested.contains_key(name);
    let amount = |list: &ResourceList, name: &str, like: &Quantity| {
        list.get(name).cloned().unwrap_or_default().in_format_of(like)
    };
    let resources =
        allocatable.iter().filter(|(name, _)| is_listed(name)).map(|(name, offered)| ResourceCapacity {
            resource: name.clone(),
            allocatable: offered.clone(),
            before: amount(&before, name, offered),
            after: amount(&after, name, offered),
        });
    Capacity {
        pending: replaced().filter(|subject| subject.fits == Some(Fits::No)).count(),
        resources: resources.collect(),
    }
}

/// Returns whether a node takes pods: Ready and not cordoned.
pub fn is_usable(node: &shared::model::Node) -> bool {
    let ready = node.condition("Ready").is_none_or(|condition| condition.status == "True");
    ready && !node.spec.unschedulable
}

fn add(list: &mut ResourceList, name: &str, amount: &Quantity) {
    let sum = list.get(name).map_or_else(|| amount.clone(), |sum| sum + amount);
    list.insert(name.to_owned(), sum);
}

fn add_pod(list: &mut ResourceList, pod: &WidePod) {
    let Ok(resources) = PodResources::from_wide_pod(pod) else { return };
    for (name, amount) in &resources.requests() {
        add(list, name, amount);
    }
    add(list, "pods", &Quantity::from_integer(1, Format::DecimalSi));
}
