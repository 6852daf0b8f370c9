//! Amounts that would satisfy a refusal.

use serde_json::Value;
use shared::{
    admission::Shortage,
    manifest::json::{number, text},
    quantity::Quantity,
    workload::template,
};

use super::change::{LIMITS, REQUESTS, ResourceChange};
use crate::commands::explain::{
    namespace_snapshot::{NamespaceSnapshot, is_active, kind},
    refusal_message::{BoundViolation, Rule},
    simulated_workload::SimulatedWorkload,
    starter_amounts::{StarterAmounts, split_quota_key},
};

/// Returns the names and resources of the containers in a workload's template, init containers included.
pub(super) fn containers(workload: &Value) -> Vec<(String, Value)> {
    let spec = &template(kind(workload), workload)["spec"];
    let all = ["containers", "initContainers"].into_iter().filter_map(|list| spec[list].as_array()).flatten();
    all.map(|one| (text(&one["name"]).to_owned(), one["resources"].clone())).collect()
}

fn amount(resources: &Value, list: &str, resource: &str) -> Option<Quantity> {
    serde_json::from_value(resources[list].get(resource)?.clone()).ok()
}

/// Returns starter amounts for the resources that a quota requires to be specified.
pub(super) fn specify(missing: &[(String, Vec<String>)], example: StarterAmounts) -> ResourceChange {
    let mut change = ResourceChange::default();
    for (key, containers) in missing {
        let (is_limit, resource) = split_quota_key(key);
        for container in containers {
            let list = if is_limit { LIMITS } else { REQUESTS };
            change.set(container, list, resource, &example.amount(resource));
        }
    }
    change
}

/// Returns amounts within the bounds of a LimitRange; requests stay at or below limits.
pub(super) fn within(violations: &[BoundViolation], containers: &[(String, Value)]) -> ResourceChange {
    let mut change = ResourceChange::default();
    for BoundViolation { rule, resource, bound, .. } in
        violations.iter().filter(|violation| violation.kind == "Container")
    {
        for (name, resources) in containers {
            let limit = amount(resources, LIMITS, resource);
            let request = amount(resources, REQUESTS, resource).or_else(|| limit.clone());
            let text = bound.canonical();
            match rule {
                Rule::Minimum if request.as_ref().is_none_or(|request| request < bound) => {
                    change.set(name, REQUESTS, resource, &text);
                    if limit.is_some_and(|limit| limit < *bound) {
                        change.set(name, LIMITS, resource, &text);
                    }
                }
                Rule::Maximum if limit.as_ref().is_none_or(|limit| limit > bound) => {
                    change.set(name, LIMITS, resource, &text);
                    if request.is_some_and(|request| request > *bound) {
                        change.set(name, REQUESTS, resource, &text);
                    }
                }
                // A limit no larger than the request is within any ratio.
                Rule::Ratio => {
                    if let Some(limit) = limit {
                        change.set(name, REQUESTS, resource, &limit.canonical());
                    }
                }
                _ => {}
            }
        }
    }
    change
}

/// Returns limits for containers that request more than the default limit.
pub(super) fn own_limits(why: &str, containers: &[(String, Value)]) -> ResourceChange {
    let mut change = ResourceChange::default();
    if !why.contains("must be less than or equal to") {
        return change;
    }
    for (name, resources) in containers {
        for resource in ["cpu", "memory", "ephemeral-storage"] {
            if !why.contains(&format!("{resource} limit of "))
                || amount(resources, LIMITS, resource).is_some()
            {
                continue;
            }
            if let Some(request) = amount(resources, REQUESTS, resource) {
                change.set(name, LIMITS, resource, &request.canonical());
            }
        }
    }
    change
}

/// Returns smaller amounts for the only container, so that all pods fit into what is free and what the workload already
/// uses.
pub(super) fn smaller(
    shortages: &[Shortage],
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    containers: &[(String, Value)],
) -> Option<ResourceChange> {
    let [(name, resources)] = containers else { return None };
    let (wanted, present) = match kind(simulated.subject) {
        "Deployment" => {
            let sets = snapshot.controlled_by(simulated.subject, "ReplicaSet");
            let active = sets
                .filter_map(|set| snapshot.pods_controlled_by(set))
                .flatten()
                .filter(|pod| is_active(pod))
                .count();
            (number(&simulated.subject["spec"]["replicas"], 1), active)
        }
        // A ControllerRevision may be missing before them.
        _ => {
            let missing = simulated.missing_pods.iter().find(|missing| missing.kind_name() == "Pod")?;
            (missing.wanted, missing.present)
        }
    };
    let mut change = ResourceChange::default();
    for Shortage { resource: key, requested, used, hard, .. } in shortages {
        let (is_limit, resource) = split_quota_key(key);
        if !matches!(resource, "cpu" | "memory") {
            return None;
        }
        let used_by_workload = requested.times(i128::try_from(present).ok()?);
        let available = &(hard - used) + &used_by_workload;
        // In whole millicores or mebibytes, and never so little that no container starts.
        let unit = Quantity::parse(if resource == "cpu" { "1m" } else { "1Mi" }).ok()?;
        let units = available.how_many(&unit.times(i128::try_from(wanted.max(1)).ok()?))?;
        if units < 10 {
            return None;
        }
        let smallest = unit.times(i128::from(units));
        let list = if is_limit { LIMITS } else { REQUESTS };
        change.set(name, list, resource, &smallest.canonical());
        // Neither may be above the other.
        if is_limit && amount(resources, REQUESTS, resource).is_some_and(|request| request > smallest) {
            change.set(name, REQUESTS, resource, &smallest.canonical());
        }
    }
    Some(change)
}
