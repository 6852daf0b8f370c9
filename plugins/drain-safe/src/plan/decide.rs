//! From facts and flags to a plan. Nothing here reads or writes.

use std::collections::{BTreeMap, BTreeSet};

use shared::{Result, model::WidePod, placement::Cluster, selector::LabelSelector};

use super::{
    BudgetVersion, Facts, Fits, NodePlan, Plan, PodBudget, PodDetails, PodPlan, Successor, Verdict, Wave,
    capacity::capacity,
    control_plane::control_plane,
    guards::guards,
    hash,
    places::{Places, cluster_of},
    quota::note_quotas,
    recreate::note_recreations,
    returns::note_returns,
    shut::Shuts,
    single::note_single_replicas,
    subject::Subject,
    subjects::subjects,
    waves::Waves,
};
use crate::{
    budgets::{BudgetState, state},
    facts::Workload,
    flags::DecisionFlags,
    pods::{claims_of, verdict},
};

/// Decides what a drain does.
///
/// # Errors
/// A `--pod-selector` that can't be read.
pub fn decide(facts: &Facts, flags: &DecisionFlags) -> Result<Plan> {
    decide_in(facts, cluster_of(facts), flags)
}

/// Decides as [`decide`], in a cluster that was made of the facts before.
///
/// # Errors
/// As [`decide`].
pub fn decide_in(facts: &Facts, cluster: Cluster, flags: &DecisionFlags) -> Result<Plan> {
    let selector = flags.pod_selector.as_deref().map(LabelSelector::parse).transpose()?;
    let mut subjects = subjects(facts, flags, selector.as_ref());
    note_quotas(facts, &mut subjects);
    let mut places = Places::new(facts, cluster, &subjects);
    note_recreations(facts, flags, &mut subjects, &mut places);
    note_returns(facts, &mut subjects, &places);
    note_single_replicas(facts, flags, &mut subjects, &places);
    let (left, budgets, after) = {
        let mut waves = Waves::new(facts, &mut subjects, &mut places, flags.keep_one);
        waves.make();
        (waves.left(), waves.budgets.clone(), waves.after.clone())
    };
    places.finish(&mut subjects);
    Shuts::new(facts, &budgets, &subjects).note(&mut subjects, &left);
    let waves = after.into_iter().enumerate().map(|(index, budgets)| {
        let wave = index + 1;
        let pods = subjects.iter().filter(|subject| subject.wave == Some(wave)).count();
        Wave { wave, pods, budgets }
    });
    let waves: Vec<_> = waves.collect();
    let capacity = capacity(facts, &subjects);
    let guards = guards(facts, flags, &subjects, &capacity);
    let budgets = versions(facts, &subjects);
    let nodes = nodes(facts, subjects);
    let hash = hash(&flags.fingerprint(), &nodes, &budgets, &guards);
    let left = nodes.iter().flat_map(|node| &node.pods).filter(|pod| is_left(pod, flags)).count();
    let skipped = facts.skipped.clone();
    Ok(Plan {
        nodes,
        waves,
        guards,
        capacity,
        skipped,
        hash,
        allows_partial: flags.allow_partial,
        left,
        control_plane: control_plane(facts),
    })
}

/// Returns whether a drain that may leave pods leaves this one.
fn is_left(pod: &PodPlan, flags: &DecisionFlags) -> bool {
    match pod.verdict {
        Verdict::Blocked | Verdict::Unmanaged | Verdict::Unknown => true,
        Verdict::Evict => pod.fits == Some(Fits::No) && !flags.allow_pending,
        _ => false,
    }
}

fn versions(facts: &Facts, subjects: &[Subject]) -> Vec<BudgetVersion> {
    let governing: BTreeSet<usize> =
        subjects.iter().flat_map(|subject| subject.budgets.iter().copied()).collect();
    let budgets = governing.into_iter().filter_map(|index| facts.budgets.get(index));
    let version = |metadata: &shared::model::ObjectMeta| BudgetVersion {
        uid: metadata.uid.clone(),
        generation: metadata.generation,
    };
    budgets.map(|budget| version(&budget.metadata)).collect()
}

fn nodes(facts: &Facts, subjects: Vec<Subject>) -> Vec<NodePlan> {
    let mut nodes: Vec<NodePlan> = facts
        .target_nodes()
        .map(|node| NodePlan {
            name: node.metadata.name.clone(),
            uid: node.metadata.uid.clone(),
            zone: node.zone().map(str::to_owned),
            ready: node.condition("Ready").is_some_and(|condition| condition.status == "True"),
            cordoned: node.spec.unschedulable,
            pods: Vec::new(),
        })
        .collect();
    let ready = ready_pods(facts);
    for subject in subjects {
        let index = subject.node;
        if let Some(node) = nodes.get_mut(index) {
            node.pods.push(pod_plan(facts, subject, &ready));
        }
    }
    nodes
}

/// Returns how many pods of each workload are Ready.
fn ready_pods(facts: &Facts) -> BTreeMap<Workload, usize> {
    let mut ready = BTreeMap::new();
    let counts = |pod: &&WidePod| pod.is_ready() && pod.metadata.deletion_timestamp.is_none();
    for workload in facts.pods.iter().filter(counts).filter_map(|pod| Workload::of(&pod.metadata)) {
        *ready.entry(workload).or_default() += 1;
    }
    ready
}

fn pod_plan(facts: &Facts, subject: Subject, ready: &BTreeMap<Workload, usize>) -> PodPlan {
    let metadata = &subject.pod.metadata;
    let budgets =
        subject.budgets.iter().filter_map(|index| facts.budgets.get(*index)).map(|budget| PodBudget {
            name: budget.metadata.name.clone(),
            allowed: (state(budget) != BudgetState::Stale).then_some(budget.status.disruptions_allowed),
            healthy: budget.status.current_healthy,
            desired: budget.status.desired_healthy,
            expected: budget.status.expected_pods,
        });
    let workload = Workload::of(metadata);
    let volumes = claims_of(subject.pod, facts).map(|(_, volume)| volume.metadata.name.clone());
    let details = PodDetails {
        priority: subject.priority(),
        ready: subject.pod.is_ready(),
        phase: subject.pod.status.phase.clone(),
        grace_seconds: subject.pod.spec.termination_grace_period_seconds.unwrap_or(30),
        controller: metadata.controller().map(|owner| owner.uid.clone()),
        workload_ready: workload.as_ref().and_then(|workload| ready.get(workload).copied()).unwrap_or(0),
        workload,
        volumes: volumes.collect(),
        goes_after: subject.goes_after.clone(),
        critical: subject.is_critical(),
        is_static: subject.has(super::ReasonCode::Static),
    };
    let is_replaced = subject.successor != Successor::Nobody;
    let budgets: Vec<_> = budgets.collect();
    let (verdict, reasons) = verdict(subject.found);
    PodPlan {
        namespace: metadata.namespace.clone(),
        name: metadata.name.clone(),
        uid: metadata.uid.clone(),
        owner: subject.owner,
        verdict,
        wave: subject.wave,
        budgets,
        goes_to: subject.goes_to,
        fits: subject.fits.filter(|_| is_replaced),
        reasons,
        details,
    }
}
