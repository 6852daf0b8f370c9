//! What works now and would be refused under other rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Error,
    admission::{
        ClusterFacts, NamespaceFacts, Refusal,
        evaluator::{matches_scope, usage},
        quota_facts::QuotaFacts,
        simulator::{Outcome, Simulator},
    },
    cli::ExitStatus,
    quantity::Quantity,
    workload::{ClusterObjects, owner::Owner, roll_out},
};

use crate::inventory::{Inventory, Workload};

/// An object that other rules would break.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Violation {
    /// `deployment/web`.
    pub object: String,
    /// What would happen, in the server's words if it has any.
    pub message: String,
}

impl Violation {
    /// Returns the sentence for people.
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.object, self.message)
    }
}

/// Returns the error for values that would break something, which `--force` overrides.
pub fn violations_error(violations: &[Violation]) -> Error {
    let lines: Vec<_> = violations.iter().map(|one| format!("\n  {}", one.sentence())).collect();
    Error::new(format!("these values would break existing objects{}", lines.concat()))
        .with_status(ExitStatus::Guarded)
        .with_hint("omit the values to get recommended ones, or add --force")
}

/// Returns what would break: quotas below current usage, and workloads whose next pods would be refused.
pub fn violations(
    inventory: &Inventory,
    rules: &NamespaceFacts,
    cluster_facts: &ClusterFacts,
) -> Vec<Violation> {
    let mut all: Vec<_> =
        rules.quotas.iter().flat_map(|quota| limits_below_usage(inventory, quota)).collect();
    let simulator = Simulator::for_namespace(&inventory.namespace, rules.clone(), cluster_facts.clone());
    let workloads: Vec<_> =
        inventory.workloads.iter().map(|manifest| Workload::of(manifest, inventory)).collect();
    for workload in &workloads {
        if let Some(why) = next_pods_refusal(workload, &simulator) {
            all.push(Violation { object: workload.owner.to_string(), message: why });
        }
    }
    all.extend(pods_without_workload(inventory, &workloads, rules, cluster_facts));
    all
}

/// Returns the limits that are below current usage, with the largest consumer.
fn limits_below_usage(inventory: &Inventory, quota: &QuotaFacts) -> Vec<Violation> {
    let over = quota.status_hard.iter().filter_map(|(resource, hard)| {
        let used = quota.used.get(resource).filter(|used| *used > hard)?;
        let object = format!("resourcequota/{}", quota.name);
        let consumers = match largest_consumer(inventory, quota, resource) {
            Some((owner, amount)) => format!(", {} by {owner}", amount.in_format_of(hard)),
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

/// Returns why the next pods of a workload would be refused: all of them in a rollout, else one replacement.
fn next_pods_refusal(workload: &Workload, simulator: &Simulator) -> Option<String> {
    // A finished Job creates no more pods; any other workload may be scaled up again.
    if workload.desired == 0 && workload.manifest.kind.kind == "Job" {
        return None;
    }
    let mut simulator = simulator.clone();
    let pod = match (&workload.template, workload.pod()) {
        (Ok(_), Some(pod)) => pod,
        (Err(why), _) => return Some(why.clone()),
        (Ok(_), None) => return None,
    };
    let first_message = |refusals: &[Refusal]| refusals.first().map(|refusal| refusal.message.clone());
    if workload.desired == 0 {
        return match simulator.create(pod) {
            Outcome::Admitted => None,
            Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => first_message(&refusals)
                .filter(|_| refusals.iter().all(|refusal| refusal.shortages.is_empty())),
        };
    }
    if let Some(strategy) = workload.strategy_for(workload.desired) {
        let (manifest, pods) = (workload.manifest, (workload.running, workload.desired));
        // ResourceClaims made from templates are left out: no device class is ever proposed.
        let objects = ClusterObjects { existing: &BTreeMap::new(), nodes: None };
        return match roll_out(manifest, &manifest.value, pods, strategy, objects, &mut simulator) {
            Ok(creation) if creation.refusals.is_empty() => None,
            Ok(creation) => first_message(&creation.refusals),
            Err(why) => Some(why),
        };
    }
    if workload.running > 0 {
        let old = simulator.filled_in(pod.clone());
        simulator.release(&old);
    }
    let missing = workload.desired.saturating_sub(workload.running).max(1);
    if simulator.create_sets(std::slice::from_ref(&pod), missing) == missing {
        return None;
    }
    match simulator.create(pod) {
        Outcome::Admitted => None,
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => first_message(&refusals),
    }
}

/// Returns the pods without a known workload that LimitRanges would refuse if they were created again.
fn pods_without_workload(
    inventory: &Inventory,
    workloads: &[Workload],
    rules: &NamespaceFacts,
    cluster_facts: &ClusterFacts,
) -> Vec<Violation> {
    let rules = NamespaceFacts { limit_ranges: rules.limit_ranges.clone(), ..NamespaceFacts::default() };
    let mut simulator = Simulator::for_namespace(&inventory.namespace, rules, cluster_facts.clone());
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
