//! Compares workloads under the current and under the proposed rules.

use std::collections::BTreeSet;

use shared::{
    admission::{ClusterFacts, NamespaceFacts, server_verdict::PodVerdict, simulator::Simulator},
    manifest::Manifest,
    snapshot::ClusterSnapshot,
    workload::{ReplicaSets, autoscaler::with_min_replicas, create_pods, is_being_deleted, owner::Owner},
};

use super::{
    collect::{Collected, NamespaceState},
    impact::{AutoscalerReach, HardLimitChange, RolloutOutcome, WhatIf, WorkloadImpact, WorkloadState},
};
use crate::capacity::{
    TargetWorkload, autoscaler_maxima, bounds, fits, max_pods, needs_replica_sets, rollout,
};

/// Returns the impact on each namespace.
pub fn decide(found: Collected) -> Vec<WhatIf> {
    let Collected { mut snapshot, namespaces, .. } = found;
    let cluster_facts = std::mem::take(&mut snapshot.cluster_facts);
    namespaces.into_iter().map(|state| namespace_impact(state, &mut snapshot, &cluster_facts)).collect()
}

/// Returns the impact on one namespace. `snapshot` is lent to the workloads one after the other.
fn namespace_impact(
    state: NamespaceState,
    snapshot: &mut ClusterSnapshot,
    cluster_facts: &ClusterFacts,
) -> WhatIf {
    let (before, after) = (state.before.clone(), state.after());
    let NamespaceState { namespace, workloads, autoscalers, replica_sets: sets, .. } = state;
    let changes = changes(&before, &after);
    let mut quotas: Vec<_> = changes.iter().map(|change| &change.quota).collect();
    quotas.dedup();
    let quota = quotas.first().filter(|_| quotas.len() == 1).map(|quota| (*quota).clone());
    let mut answer = WhatIf { namespace: namespace.clone(), quota, changes, ..WhatIf::default() };
    let simulator =
        |rules: NamespaceFacts| Simulator::for_namespace(&namespace, rules, cluster_facts.clone());
    let simulators = [simulator(before), simulator(after)];
    // What is being deleted rolls out no more.
    let mut workloads = workloads.into_iter().filter(|workload| !is_being_deleted(&workload.value));
    let Some(first) = workloads.next() else { return answer };
    let mut subject = TargetWorkload {
        present: None,
        is_new: false,
        manifest: first.clone(),
        simulator: Simulator::default(),
        snapshot: std::mem::take(snapshot),
        autoscalers,
        terminating: Vec::new(),
        unchecked: Vec::new(),
        replica_sets: None,
    };
    for workload in std::iter::once(first).chain(workloads) {
        subject.replica_sets = sets
            .as_ref()
            .filter(|_| needs_replica_sets(&workload, &workload.value))
            .and_then(|sets| ReplicaSets::from_objects(&workload, &workload.value, sets).ok());
        subject.present = Some(workload.value.clone());
        subject.manifest = with_min_replicas(&workload, &subject.autoscalers).unwrap_or(workload);
        subject = subject.with_template_of_its_pods();
        let pods = subject.pods();
        let [before, after] = simulators.each_ref().map(|simulator| {
            subject.simulator = simulator.clone();
            workload_state(&subject)
        });
        for (name, max_replicas) in autoscaler_maxima(&subject) {
            let reach =
                |state: &WorkloadState| state.max_pods.map_or(max_replicas, |pods| max_replicas.min(pods));
            answer.autoscalers.push(AutoscalerReach {
                name,
                workload: Owner::new(&subject.manifest.kind.kind, &subject.manifest.name),
                max_replicas,
                before: reach(&before),
                after: reach(&after),
            });
        }
        let Manifest { kind, name, .. } = &subject.manifest;
        let (kind, name) = (kind.kind.clone(), name.clone());
        let resume_command = subject.is_paused().then(|| subject.command_to_resume());
        answer.workloads.push(WorkloadImpact {
            kind,
            name,
            pods,
            paused: resume_command.is_some(),
            resume_command,
            before,
            after,
        });
    }
    *snapshot = subject.snapshot;
    answer
}

fn workload_state(subject: &TargetWorkload) -> WorkloadState {
    let fitting = fits(subject).unwrap_or_default();
    let max_pods = max_pods(subject, &fitting).unwrap_or_default();
    let run = |outcome: RolloutOutcome| WorkloadState {
        outcome,
        fits: fitting.more,
        max_pods,
        by: Vec::new(),
        messages: Vec::new(),
    };
    if matches!(
        subject.manifest.kind.kind.as_str(),
        "CronJob" | "Job" | "ReplicaSet" | "ReplicationController"
    ) {
        return next_run(subject, run(RolloutOutcome::Unknown));
    }
    match rollout(subject) {
        Ok(rollout) if rollout.completes => run(RolloutOutcome::Completes),
        Ok(rollout) => {
            WorkloadState { by: rollout.by, messages: rollout.messages, ..run(RolloutOutcome::Deadlocks) }
        }
        Err(why) => WorkloadState { messages: vec![why], ..run(RolloutOutcome::Unknown) },
    }
}

/// Returns the outcome of the next run of a CronJob beside its active Jobs, or of the pods of a Job, ReplicaSet or
/// ReplicationController created once more.
fn next_run(subject: &TargetWorkload, state: WorkloadState) -> WorkloadState {
    let mut simulator = subject.simulator.clone();
    if subject.manifest.kind.kind != "CronJob" {
        subject.release_pods(&mut simulator);
    }
    match create_pods(
        &subject.manifest,
        None,
        subject.snapshot.objects(),
        &mut simulator,
        PodVerdict::default(),
    ) {
        Err(message) => WorkloadState { messages: vec![message], ..state },
        Ok(creation) if creation.refusals.is_empty() => {
            WorkloadState { outcome: RolloutOutcome::Completes, ..state }
        }
        Ok(creation) => WorkloadState {
            outcome: RolloutOutcome::Refused,
            by: bounds(&creation.refusals),
            messages: creation.refusals.into_iter().map(|refusal| refusal.message).collect(),
            ..state
        },
    }
}

/// Returns the hard limits that differ.
fn changes(before: &NamespaceFacts, after: &NamespaceFacts) -> Vec<HardLimitChange> {
    let mut changes = Vec::new();
    for quota in &after.quotas {
        let old = before.quotas.iter().find(|old| old.name == quota.name);
        let old_limit = |name: &str| old.and_then(|old| old.status_hard.get(name));
        let gone = old.into_iter().flat_map(|old| old.status_hard.keys());
        let names: BTreeSet<_> = quota.status_hard.keys().chain(gone).collect();
        for name in names {
            let (from, to) = (old_limit(name).cloned(), quota.status_hard.get(name).cloned());
            if from == to {
                continue;
            }
            let used = quota.used.get(name).cloned();
            let over = used.as_ref().zip(to.as_ref()).is_some_and(|(used, to)| used > to);
            changes.push(HardLimitChange {
                quota: quota.name.clone(),
                resource: name.clone(),
                from,
                to,
                used,
                over,
            });
        }
    }
    changes
}
