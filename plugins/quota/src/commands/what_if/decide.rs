//! What becomes of each workload before and after the change.

use shared::{
    admission::{Classes, NamespaceFacts, server_verdict::PodVerdict, simulator::Simulator},
    manifest::Manifest,
    quantity::Quantity,
    snapshot::ClusterSnapshot,
    workload::{ReplicaSets, create_pods},
};

use super::collect::{Collected, NamespaceState};
use crate::capacity::{Bound, Subject, aims_at, bounds, fits, most, needs_sets, rollout};

/// The answer for one namespace.
#[derive(Clone, Debug, Default)]
pub struct WhatIf {
    /// The namespace.
    pub namespace: String,
    /// What changes.
    pub changes: Vec<Change>,
    /// What becomes of workloads.
    pub workloads: Vec<WorkloadImpact>,
    /// What becomes of autoscalers.
    pub autoscalers: Vec<AutoscalerReach>,
}

/// One resource of one quota.
#[derive(Clone, Debug)]
pub struct Change {
    pub quota: String,
    pub resource: String,
    /// What it allows now; `None` where it does not limit it.
    pub from: Option<Quantity>,
    /// What it would allow; `None` where it would no longer limit it.
    pub to: Option<Quantity>,
    pub used: Option<Quantity>,
}

impl Change {
    /// Whether more is used than would be allowed.
    pub fn is_over(&self) -> bool {
        self.used.as_ref().zip(self.to.as_ref()).is_some_and(|(used, to)| used > to)
    }
}

/// How the next rollout or run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum RolloutOutcome {
    /// All pods get in.
    Completes,
    /// A rollout stops half way.
    Deadlocks,
    /// Pods of a run are refused.
    Refused,
    /// Not to be known.
    Unknown,
}

/// What becomes of one workload.
#[derive(Clone, Debug)]
pub struct WorkloadImpact {
    pub kind: String,
    pub name: String,
    /// How many pods it has.
    pub pods: usize,
    /// The command that lets it roll out, if it is paused.
    pub resumed_by: Option<String>,
    pub before: WorkloadState,
    pub after: WorkloadState,
}

/// A workload under one set of rules.
#[derive(Clone, Debug)]
pub struct WorkloadState {
    pub outcome: RolloutOutcome,
    /// So many more pods fit; `None` where nothing bounds it.
    pub fits: Option<usize>,
    /// So many pods it can have when all is rolled out; `None` where nothing bounds it.
    pub most: Option<usize>,
    pub by: Vec<Bound>,
    pub messages: Vec<String>,
}

/// How far an autoscaler gets.
#[derive(Clone, Debug)]
pub struct AutoscalerReach {
    pub name: String,
    pub kind: String,
    pub workload: String,
    pub max_replicas: usize,
    pub before: usize,
    pub after: usize,
}

/// Compares the rules as they are with the rules as they would be, namespace by namespace.
pub fn decide(found: Collected) -> Vec<WhatIf> {
    let Collected { mut snapshot, namespaces } = found;
    let classes = std::mem::take(&mut snapshot.classes);
    namespaces.into_iter().map(|state| namespace_impact(state, &mut snapshot, &classes)).collect()
}

/// One namespace; `side` is lent to the workloads one after the other.
fn namespace_impact(state: NamespaceState, snapshot: &mut ClusterSnapshot, classes: &Classes) -> WhatIf {
    let (before, after) = (state.before.clone(), state.after());
    let NamespaceState { namespace, workloads, claims, autoscalers, sets, .. } = state;
    let changes = changes(&before, &after);
    let mut answer = WhatIf { namespace: namespace.clone(), changes, ..WhatIf::default() };
    let simulator = |rules: NamespaceFacts| Simulator::of_namespace(&namespace, rules, classes.clone());
    let simulators = [simulator(before), simulator(after)];
    let mut workloads = workloads.into_iter();
    let Some(first) = workloads.next() else { return answer };
    let mut subject = Subject {
        present: None,
        manifest: first.clone(),
        simulator: Simulator::default(),
        snapshot: std::mem::take(snapshot),
        claims,
        autoscalers,
        terminating: Vec::new(),
        sets: None,
    };
    for workload in std::iter::once(first).chain(workloads) {
        subject.sets = sets
            .as_ref()
            .filter(|_| needs_sets(&workload, &workload.value))
            .and_then(|sets| ReplicaSets::of(&workload, &workload.value, sets).ok());
        subject.present = Some(workload.value.clone());
        subject.manifest = workload;
        let pods = subject.pods();
        let [before, after] = simulators.each_ref().map(|simulator| {
            subject.simulator = simulator.clone();
            workload_state(&subject)
        });
        for (name, max_replicas) in aims_at(&subject) {
            let reach =
                |state: &WorkloadState| state.most.map_or(max_replicas, |most| max_replicas.min(most));
            answer.autoscalers.push(AutoscalerReach {
                name,
                kind: subject.manifest.kind.kind.clone(),
                workload: subject.manifest.name.clone(),
                max_replicas,
                before: reach(&before),
                after: reach(&after),
            });
        }
        let Manifest { kind, name, .. } = &subject.manifest;
        let (kind, name) = (kind.kind.clone(), name.clone());
        let resumed_by = subject.is_paused().then(|| subject.command_to_resume());
        answer.workloads.push(WorkloadImpact { kind, name, pods, resumed_by, before, after });
    }
    *snapshot = subject.snapshot;
    answer
}

fn workload_state(subject: &Subject) -> WorkloadState {
    let room = fits(subject).unwrap_or_default();
    let most = most(subject, &room).unwrap_or_default();
    let run = |outcome: RolloutOutcome| WorkloadState {
        outcome,
        fits: room.more,
        most,
        by: Vec::new(),
        messages: Vec::new(),
    };
    if matches!(subject.manifest.kind.kind.as_str(), "CronJob" | "Job") {
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

/// The next run of a CronJob beside what runs; a Job's pods once more, after those there are.
fn next_run(subject: &Subject, state: WorkloadState) -> WorkloadState {
    let mut simulator = subject.simulator.clone();
    if subject.manifest.kind.kind == "Job" {
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
        Ok(made) if made.refusals.is_empty() => WorkloadState { outcome: RolloutOutcome::Completes, ..state },
        Ok(made) => WorkloadState {
            outcome: RolloutOutcome::Refused,
            by: bounds(&made.refusals),
            messages: made.refusals.into_iter().map(|refusal| refusal.message).collect(),
            ..state
        },
    }
}

fn changes(before: &NamespaceFacts, after: &NamespaceFacts) -> Vec<Change> {
    let mut changes = Vec::new();
    for quota in &after.quotas {
        let old = before.quotas.iter().find(|old| old.name == quota.name);
        let of_old = |name: &str| old.and_then(|old| old.status_hard.get(name));
        let gone = old.into_iter().flat_map(|old| old.status_hard.keys());
        let names: std::collections::BTreeSet<_> = quota.status_hard.keys().chain(gone).collect();
        for name in names {
            let (from, to) = (of_old(name).cloned(), quota.status_hard.get(name).cloned());
            if from == to {
                continue;
            }
            changes.push(Change {
                quota: quota.name.clone(),
                resource: name.clone(),
                from,
                to,
                used: quota.used.get(name).cloned(),
            });
        }
    }
    changes
}
