//! What works now and would not any more under other rules.

use std::collections::BTreeMap;

use shared::{
    Error,
    admission::{
        Classes, NamespaceFacts, Refusal,
        evaluator::{matches_scope, usage},
        quota_facts::QuotaFacts,
        simulator::{Outcome, Simulator},
    },
    cli::ExitStatus,
    quantity::Quantity,
    workload::{owner::Owner, roll},
};

use crate::inventory::{Inventory, Workload};

/// One object that would be in trouble.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Violation {
    /// `deployment/web`.
    pub object: String,
    /// What would happen, in the server's words as far as it has some.
    pub message: String,
}

impl Violation {
    /// The sentence for people.
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.object, self.message)
    }
}

/// The error for values that would break something, which `--force` overrules.
pub fn violations_error(violations: &[Violation]) -> Error {
    let lines: Vec<_> = violations.iter().map(|one| format!("\n  {}", one.sentence())).collect();
    Error::new(format!("these values would break what is there{}", lines.concat()))
        .with_status(ExitStatus::Guarded)
        .with_hint("leave the values out to get some that fit, or add --force")
}

/// What would break: quotas below what is charged, and everything whose next pods would be refused.
pub fn violations(inventory: &Inventory, rules: &NamespaceFacts, classes: &Classes) -> Vec<Violation> {
    let mut all: Vec<_> =
        rules.quotas.iter().flat_map(|quota| limits_below_usage(inventory, quota)).collect();
    let simulator = Simulator::of_namespace(&inventory.namespace, rules.clone(), classes.clone());
    let workloads: Vec<_> =
        inventory.workloads.iter().map(|manifest| Workload::of(manifest, inventory)).collect();
    for workload in &workloads {
        if let Some(why) = next_pods_refusal(workload, &simulator) {
            all.push(Violation { object: workload.owner.to_string(), message: why });
        }
    }
    all.extend(pods_without_workload(inventory, &workloads, rules, classes));
    all
}

/// Quotas below what is charged already; who holds most of it is named.
fn limits_below_usage(inventory: &Inventory, quota: &QuotaFacts) -> Vec<Violation> {
    let over = quota.status_hard.iter().filter_map(|(resource, hard)| {
        let used = quota.used.get(resource).filter(|used| *used > hard)?;
        let object = format!("resourcequota/{}", quota.name);
        let consumers = match largest_consumer(inventory, quota, resource) {
            Some((owner, amount)) => format!(", {} of it by {owner}", amount.in_format_of(hard)),
            None => String::new(),
        };
        let used = used.in_format_of(hard);
        let message = format!("{resource}={hard} is below the {used} in use{consumers}");
        Some(Violation { object, message })
    });
    over.collect()
}

fn largest_consumer(inventory: &Inventory, quota: &QuotaFacts, resource: &str) -> Option<(Owner, Quantity)> {
    let mut consumers: BTreeMap<Owner, Quantity> = BTreeMap::new();
    for group in &inventory.pods {
        let object = group.object(&inventory.namespace);
        if quota.requirements.iter().all(|requirement| matches_scope(&object, requirement))
            && let Some(amount) = usage(&object).get(resource)
        {
            *consumers.entry(group.owner.clone()).or_default() +=
                &amount.times(i128::try_from(group.count).unwrap_or(0));
        }
    }
    for object in &inventory.objects {
        if let Some(amount) = usage(object).get(resource) {
            *consumers.entry(Owner::new(&object.kind.kind, &object.name)).or_default() += amount;
        }
    }
    consumers.into_iter().filter(|(_, amount)| amount.is_positive()).max_by(|a, b| a.1.cmp(&b.1))
}

/// Why the next pods of a workload would be refused: all of them anew where it is rolled out, else one more after one
/// went.
fn next_pods_refusal(workload: &Workload, simulator: &Simulator) -> Option<String> {
    // A Job that has ended makes no pod any more; anything else may be scaled up again.
    if workload.desired == 0 && workload.manifest.kind.kind == "Job" {
        return None;
    }
    let mut simulator = simulator.clone();
    let pod = match (&workload.template, workload.pod()) {
        (Ok(_), Some(pod)) => pod,
        (Err(why), _) => return Some(why.clone()),
        (Ok(_), None) => return None,
    };
    let words = |refusals: &[Refusal]| refusals.first().map(|refusal| refusal.message.clone());
    if workload.desired == 0 {
        return match simulator.create(pod) {
            Outcome::Admitted => None,
            Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => {
                words(&refusals).filter(|_| refusals.iter().all(|refusal| refusal.shortages.is_empty()))
            }
        };
    }
    if let Some(strategy) = workload.strategy_for(workload.desired) {
        let (manifest, pods) = (workload.manifest, (workload.running, workload.desired));
        return match roll(manifest, &manifest.value, pods, strategy, &mut simulator) {
            Ok(made) if made.refusals.is_empty() => None,
            Ok(made) => words(&made.refusals),
            Err(why) => Some(why),
        };
    }
    if workload.running > 0 {
        let old = simulator.filled_in(pod.clone());
        simulator.release(&old);
    }
    let missing = workload.desired.saturating_sub(workload.running).max(1);
    (0..missing).find_map(|_| match simulator.create(pod.clone()) {
        Outcome::Admitted => None,
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => words(&refusals),
    })
}

/// Pods that no known workload makes: could they be made as they are?
fn pods_without_workload(
    inventory: &Inventory,
    workloads: &[Workload],
    rules: &NamespaceFacts,
    classes: &Classes,
) -> Vec<Violation> {
    let rules = NamespaceFacts { limit_ranges: rules.limit_ranges.clone(), ..NamespaceFacts::default() };
    let mut simulator = Simulator::of_namespace(&inventory.namespace, rules, classes.clone());
    let known = |owner: &Owner| workloads.iter().any(|workload| workload.owner == *owner);
    let groups = inventory.pods.iter().filter(|group| !group.facts.released && !known(&group.owner));
    let refused = groups.filter_map(|group| match simulator.create(group.object(&inventory.namespace)) {
        Outcome::Admitted => None,
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => {
            let message = refusals.into_iter().next()?.message;
            Some(Violation { object: format!("pod/{}", group.example), message })
        }
    });
    refused.collect()
}
