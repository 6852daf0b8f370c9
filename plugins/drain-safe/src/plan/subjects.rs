//! The pods on the nodes to drain, with everything that is known before budgets and nodes are asked.

use std::collections::BTreeSet;

use shared::{model::WidePod, selector::LabelSelector};

use super::{
    Facts, Owner, ReasonCode, Verdict, is_custom,
    subject::{Gate, Subject, Successor},
    waves::free_of_budget,
};
use crate::{
    budgets::{Answer, GoverningBudgets, answer, is_always_allowed},
    flags::DecisionFlags,
    pods::{Found, Restart, annotations, local_data, restart_of_job, standing},
};

/// Returns the pods on the nodes to drain, by node, namespace and name.
pub fn subjects<'a>(
    facts: &'a Facts,
    flags: &DecisionFlags,
    selector: Option<&LabelSelector>,
) -> Vec<Subject<'a>> {
    let ending = ending_namespaces(facts);
    let governing = GoverningBudgets::new(&facts.budgets, facts.budgets_unread.as_ref());
    let mut subjects = Vec::new();
    for pod in &facts.pods {
        let Some(node) = facts.targets.iter().position(|target| *target == pod.spec.node_name) else {
            continue;
        };
        let mut subject = Subject {
            pod,
            node,
            found: standing(pod, selector, flags, facts, &ending),
            budgets: Vec::new(),
            gate: Gate::Open,
            successor: Successor::Nobody,
            owner: pod.metadata.controller().map(|owner| facts.owners.top_of(pod, owner)),
            wave: None,
            fits: None,
            goes_to: Vec::new(),
            goes_after: Vec::new(),
        };
        let governing = governing.of(pod);
        subject.budgets = governing.clone().unwrap_or_default();
        let is_settled = match subject.verdict() {
            Verdict::Skip => true,
            _ => subject.has(ReasonCode::Finished) || subject.has(ReasonCode::Terminating),
        };
        if !is_settled {
            subject.found.extend(local_data(pod, flags, facts));
            subject.found.extend(annotations(pod, flags, facts.now));
            subject.gate = gate(facts, flags, pod, governing, &mut subject.found);
        }
        subject.successor = successor(facts, pod, &mut subject.found);
        subjects.push(subject);
    }
    subjects.sort_by(|one, other| {
        let key = |subject: &Subject<'a>| (subject.node, subject.pod);
        let ((a, x), (b, y)) = (key(one), key(other));
        (a, &x.metadata.namespace, &x.metadata.name).cmp(&(b, &y.metadata.namespace, &y.metadata.name))
    });
    subjects
}

fn ending_namespaces(facts: &Facts) -> BTreeSet<&str> {
    let namespaces = facts.namespaces.iter().flatten();
    let ending = namespaces
        .filter(|one| one.status.phase == "Terminating" || one.metadata.deletion_timestamp.is_some());
    ending.map(|one| one.metadata.name.as_str()).collect()
}

/// Returns how the server is asked to let a pod go.
fn gate(
    facts: &Facts,
    flags: &DecisionFlags,
    pod: &WidePod,
    governing: Option<Vec<usize>>,
    found: &mut Vec<Found>,
) -> Gate {
    let evict = |code, message: &str| Found::deciding(code, Verdict::Evict, message);
    if flags.disable_eviction {
        if governing.as_ref().is_none_or(|budgets| !budgets.is_empty()) {
            found.push(evict(ReasonCode::BudgetsIgnored, "it is deleted without asking its budgets"));
        }
        return Gate::Open;
    }
    if pod.status.phase == "Pending" {
        found.push(evict(ReasonCode::NotStarted, "it has not started, so that no budget protects it"));
        return Gate::Open;
    }
    let Some(governing) = governing else {
        let namespace = &pod.metadata.namespace;
        let message = format!("the budgets of namespace {namespace} could not be read");
        found.push(
            Found::deciding(ReasonCode::BudgetsUnreadable, Verdict::Unknown, message)
                .with_fix("kubectl drain-safe rbac plan"),
        );
        return Gate::Unread;
    };
    match governing.as_slice() {
        [] => Gate::Open,
        [one] => {
            if let Some(budget) = facts.budgets.get(*one) {
                let (healthy, desired) = (budget.status.current_healthy, budget.status.desired_healthy);
                if answer(pod.is_ready(), is_always_allowed(budget), healthy, desired) == Answer::Free {
                    found.push(free_of_budget(&budget.metadata.name));
                }
            }
            Gate::Budget(*one)
        }
        several => {
            let names: Vec<_> = several
                .iter()
                .filter_map(|index| facts.budgets.get(*index))
                .map(|budget| budget.metadata.name.as_str())
                .collect();
            let message = format!(
                "budgets {} select it, and the server evicts no pod that has several",
                names.join(", ")
            );
            found.push(Found::deciding(ReasonCode::SeveralBudgets, Verdict::Blocked, message));
            Gate::Several
        }
    }
}

/// Returns what makes the next pod once this one is gone.
fn successor(facts: &Facts, pod: &WidePod, found: &mut Vec<Found>) -> Successor {
    let has = |code, found: &[Found]| found.iter().any(|one| one.code == code);
    let is_skipped = found.iter().any(|one| one.verdict == Some(Verdict::Skip));
    if is_skipped || has(ReasonCode::Finished, found) || has(ReasonCode::DaemonSet, found) {
        return Successor::Nobody;
    }
    if has(ReasonCode::Recreate, found) {
        return Successor::Recreated;
    }
    let Some(controller) = pod.metadata.controller() else { return Successor::Nobody };
    // The successor of a terminating pod is there already, save that of a StatefulSet.
    if has(ReasonCode::Terminating, found) && controller.kind != "StatefulSet" {
        return Successor::Nobody;
    }
    let owner = facts.owners.get(&pod.metadata.namespace, controller);
    match (controller.kind.as_str(), owner) {
        (_, Owner::Gone) => Successor::Nobody,
        ("Job", Owner::Found(job)) => match restart_of_job(job, &controller.name) {
            Restart::Comes(message) => {
                found.push(Found::noted(ReasonCode::JobRestarts, message));
                Successor::Controller
            }
            Restart::Ends(message) => {
                found.push(Found::noted(ReasonCode::JobRestarts, message));
                Successor::Nobody
            }
        },
        _ if is_custom(controller) => Successor::Custom(format!("{} {}", controller.kind, controller.name)),
        _ => Successor::Controller,
    }
}
