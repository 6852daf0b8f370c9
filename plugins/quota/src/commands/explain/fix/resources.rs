//! Other requests and limits for the workload's own containers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::{
    admission::{Shortage, simulator::Simulator},
    manifest::Manifest,
    model::kind::kind_of,
    output::ShellCommand,
    quantity::Quantity,
    workload::{Strategy, roll, template},
};

use super::refusals;
use crate::commands::explain::{
    decide::SimulatedWorkload,
    missing_pods::{MissingObject, MissingPods, count},
    namespace_snapshot::{NamespaceSnapshot, is_active, kind, metadata_text, number},
    refusal_message::{BoundViolation, RefusalReason, Rule, find_in_line},
    simulate::{is_complete, simulate},
    starter_amounts::{split_quota_key, starter_amounts},
};

/// New amounts by container, then by `requests` or `limits`, then by resource.
type Change = BTreeMap<String, BTreeMap<&'static str, BTreeMap<String, String>>>;

const REQUESTS: &str = "requests";
const LIMITS: &str = "limits";

/// Commands for what `kubectl set resources` can change; the templates of Jobs and Pods stay as they are.
pub(super) fn fixes(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> Vec<String> {
    let subject = simulated.subject;
    if !matches!(kind(subject), "Deployment" | "StatefulSet" | "DaemonSet" | "CronJob") {
        return Vec::new();
    }
    let containers = containers(subject);
    let mut fixes = Vec::new();
    for (_, message) in refusals(simulated) {
        for message in find_in_line(&message) {
            let changes: Vec<Change> = match &message.reason {
                RefusalReason::MustSpecify { missing, .. } => {
                    starter_amounts().map(|example| specify(missing, example)).collect()
                }
                RefusalReason::Bounds(violations) => vec![within(violations, &containers)],
                RefusalReason::Invalid { why } => vec![own_limits(why, &containers)],
                RefusalReason::Exceeded { shortages, .. } => {
                    smaller(shortages, simulated, snapshot, &containers).into_iter().collect()
                }
                _ => Vec::new(),
            };
            let first = changes
                .into_iter()
                .find(|change| !change.is_empty() && helps(change, simulated, snapshot, rules));
            fixes.extend(first.map(|change| command(subject, &snapshot.namespace, &change)));
        }
    }
    fixes.dedup();
    fixes
}

/// The containers of a workload's template, the ones that run first included: names and resources.
fn containers(workload: &Value) -> Vec<(String, Value)> {
    let spec = &template(kind(workload), workload)["spec"];
    let all = ["containers", "initContainers"].into_iter().filter_map(|list| spec[list].as_array()).flatten();
    all.map(|one| (one["name"].as_str().unwrap_or_default().to_owned(), one["resources"].clone())).collect()
}

fn amount(resources: &Value, list: &str, resource: &str) -> Option<Quantity> {
    serde_json::from_value(resources[list].get(resource)?.clone()).ok()
}

fn put(change: &mut Change, container: &str, list: &'static str, resource: &str, amount: &str) {
    let lists = change.entry(container.to_owned()).or_default();
    lists.entry(list).or_default().insert(resource.to_owned(), amount.to_owned());
}

/// An example where a quota wants numbers.
fn specify(
    missing: &[(String, Vec<String>)],
    example: crate::commands::explain::starter_amounts::StarterAmounts,
) -> Change {
    let mut change = Change::new();
    for (key, containers) in missing {
        let (is_limit, resource) = split_quota_key(key);
        for container in containers {
            let list = if is_limit { LIMITS } else { REQUESTS };
            put(&mut change, container, list, resource, &example.amount(resource));
        }
    }
    change
}

/// What a LimitRange wants of containers, with the other side moved along.
fn within(violations: &[BoundViolation], containers: &[(String, Value)]) -> Change {
    let mut change = Change::new();
    for BoundViolation { rule, resource, bound, .. } in
        violations.iter().filter(|violation| violation.kind == "Container")
    {
        for (name, resources) in containers {
            let limit = amount(resources, LIMITS, resource);
            let request = amount(resources, REQUESTS, resource).or_else(|| limit.clone());
            let text = bound.canonical();
            match rule {
                Rule::Minimum if request.as_ref().is_none_or(|request| request < bound) => {
                    put(&mut change, name, REQUESTS, resource, &text);
                    if limit.is_some_and(|limit| limit < *bound) {
                        put(&mut change, name, LIMITS, resource, &text);
                    }
                }
                Rule::Maximum if limit.as_ref().is_none_or(|limit| limit > bound) => {
                    put(&mut change, name, LIMITS, resource, &text);
                    if request.is_some_and(|request| request > *bound) {
                        put(&mut change, name, REQUESTS, resource, &text);
                    }
                }
                // A limit no larger than the request is within any ratio.
                Rule::Ratio => {
                    if let Some(limit) = limit {
                        put(&mut change, name, REQUESTS, resource, &limit.canonical());
                    }
                }
                _ => {}
            }
        }
    }
    change
}

/// A limit of its own for a container whose request is above the default limit.
fn own_limits(why: &str, containers: &[(String, Value)]) -> Change {
    let mut change = Change::new();
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
                put(&mut change, name, LIMITS, resource, &request.canonical());
            }
        }
    }
    change
}

/// Less for the only container, so that all pods fit into what is left and what the workload has already.
fn smaller(
    shortages: &[Shortage],
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    containers: &[(String, Value)],
) -> Option<Change> {
    let [(name, resources)] = containers else { return None };
    let (wanted, present) = match kind(simulated.subject) {
        "Deployment" => {
            let sets = snapshot.controlled_by(simulated.subject, "ReplicaSet");
            let pod_counts = sets
                .filter_map(|set| snapshot.pods_controlled_by(set))
                .flatten()
                .filter(|pod| is_active(pod))
                .count();
            (number(&simulated.subject["spec"]["replicas"], 1), pod_counts)
        }
        _ => simulated.missing_pods.first().map(|missing| (missing.wanted, missing.present))?,
    };
    let mut change = Change::new();
    for Shortage { resource: key, requested, used, hard, .. } in shortages {
        let (is_limit, resource) = split_quota_key(key);
        if !matches!(resource, "cpu" | "memory") {
            return None;
        }
        let own = requested.times(i128::try_from(present).ok()?);
        let room = &(hard - used) + &own;
        // In whole millicores or mebibytes, and never so little that nothing runs.
        let unit = Quantity::parse(if resource == "cpu" { "1m" } else { "1Mi" }).ok()?;
        let units = room.how_many(&unit.times(i128::try_from(wanted.max(1)).ok()?))?;
        if units < 10 {
            return None;
        }
        let least = unit.times(i128::from(units));
        let list = if is_limit { LIMITS } else { REQUESTS };
        put(&mut change, name, list, resource, &least.canonical());
        // Neither may be above the other.
        if is_limit && amount(resources, REQUESTS, resource).is_some_and(|request| request > least) {
            put(&mut change, name, REQUESTS, resource, &least.canonical());
        }
    }
    Some(change)
}

/// Whether all pods get in with this change, a rollout of it included.
fn helps(
    change: &Change,
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> bool {
    let changed = |workload: &Value| {
        let mut workload = workload.clone();
        let path = match kind(simulated.subject) {
            "CronJob" if workload["spec"]["jobTemplate"].is_object() => {
                "/spec/jobTemplate/spec/template/spec"
            }
            _ => "/spec/template/spec",
        };
        for list in ["containers", "initContainers"] {
            let containers = workload.pointer_mut(path).and_then(|spec| spec[list].as_array_mut());
            for container in containers.into_iter().flatten() {
                let name = container["name"].as_str().unwrap_or_default().to_owned();
                for (list, amounts) in change.get(&name).into_iter().flatten() {
                    for (resource, amount) in amounts {
                        container["resources"][*list][resource] = json!(amount);
                    }
                }
            }
        }
        workload
    };
    if kind(simulated.subject) == "Deployment" {
        return rolls(&changed(simulated.subject), simulated, snapshot, rules);
    }
    let missing_pods = simulated.missing_pods.iter().map(|missing| MissingPods {
        of: match &missing.of {
            MissingObject::Pods(manifest) => MissingObject::Pods(Box::new(Manifest {
                value: changed(&manifest.value),
                ..(**manifest).clone()
            })),
            one => one.clone(),
        },
        ..missing.clone()
    });
    is_complete(&simulate(&missing_pods.collect::<Vec<_>>(), &snapshot.cluster, &mut rules.clone()))
}

/// Whether a Deployment so changed gets rid of the pods it has and makes all new ones.
fn rolls(
    deployment: &Value,
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> bool {
    let pods = |set: &Value| count(set, snapshot, &set["status"]["replicas"]);
    let sets: Vec<_> = snapshot.controlled_by(simulated.subject, "ReplicaSet").collect();
    let before: usize = sets.iter().map(|set| pods(set)).sum();
    let present = sets.into_iter().max_by_key(|set| pods(set)).unwrap_or(simulated.subject);
    let wanted = number(&deployment["spec"]["replicas"], 1);
    let strategy = Strategy::of_deployment(deployment, wanted);
    let kind = kind_of("apps", "Deployment", "deployments");
    let manifest = Manifest::of(deployment.clone(), kind, &snapshot.namespace);
    let made = roll(&manifest, present, (before, wanted), strategy, &mut rules.clone());
    made.is_ok_and(|made| made.refusals.is_empty() && made.pods.admitted == made.pods.wanted)
}

/// One command a set of amounts, since containers differ.
fn command(workload: &Value, namespace: &str, change: &Change) -> String {
    let mut alike: BTreeMap<&BTreeMap<_, _>, Vec<&str>> = BTreeMap::new();
    for (container, lists) in change {
        alike.entry(lists).or_default().push(container);
    }
    let commands = alike.into_iter().map(|(lists, containers)| {
        let verbs =
            ["kubectl".to_owned(), "set".to_owned(), "resources".to_owned(), kind(workload).to_lowercase()];
        let command = ShellCommand::new(verbs)
            .name(metadata_text(workload, "name"))
            .flag_with("-n", namespace)
            .flag_with("-c", containers.join(","));
        let command = lists.iter().fold(command, |command, (list, amounts)| {
            let pairs: Vec<_> =
                amounts.iter().map(|(resource, amount)| format!("{resource}={amount}")).collect();
            command.flag(format!("--{list}={}", pairs.join(",")))
        });
        command.to_string()
    });
    commands.collect::<Vec<_>>().join(" && ")
}
