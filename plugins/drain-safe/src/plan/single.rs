//! Pods whose owner has no other replica, or whose budget never opens: what the chosen way does with them.

use shared::model::OwnerReference;

use super::{
    Facts, Fits, ReasonCode, Verdict,
    places::Places,
    shut::operator_of,
    siblings::siblings,
    subject::{Gate, Subject, Successor},
};
use crate::{
    budgets::{BudgetSimulation, BudgetState, Shut},
    flags::{DecisionFlags, SingleReplica},
    pods::{Found, Move, obstacle, wanted_replicas},
};

/// Notes pods without another replica, and what `--single-replica` makes of them and of pods under a shut budget.
pub fn note_single_replicas<'a>(
    facts: &'a Facts,
    flags: &DecisionFlags,
    subjects: &mut [Subject<'a>],
    places: &Places<'a>,
) {
    for (index, subject) in subjects.iter_mut().enumerate() {
        let stays = matches!(subject.verdict(), Verdict::Skip | Verdict::Unmanaged);
        let is_ending = subject.has(ReasonCode::Finished) || subject.has(ReasonCode::Terminating);
        if stays || is_ending || subject.pod.status.phase != "Running" {
            continue;
        }
        let only = only_replica(facts, subject);
        let is_shut = is_structural(facts, subject);
        if let Some(owner) = &only {
            let message = format!("{} {} has no other replica", owner.kind, owner.name);
            subject.found.push(Found::noted(ReasonCode::OnlyReplica, message));
        }
        if only.is_none() && !is_shut {
            continue;
        }
        let block = |message: String| Found::deciding(ReasonCode::SingleReplica, Verdict::Blocked, message);
        let way = match flags.single_replica {
            SingleReplica::Evict => continue,
            SingleReplica::Block => {
                if only.is_some() {
                    let found =
                        block("its owner has no other replica, and --single-replica=block keeps it".into());
                    subject.found.push(found.with_fix("--single-replica=surge"));
                }
                continue;
            }
            SingleReplica::Surge => Move::Surge,
            SingleReplica::Restart => Move::Restart,
        };
        let mut obstacle = obstacle(subject.pod, way, facts);
        if obstacle.is_none() && subject.has(ReasonCode::Quota) {
            obstacle = Some("a ResourceQuota admits no pod more".to_owned());
        }
        if obstacle.is_none() {
            let fit = places.fit_alone(subject, index);
            obstacle = fit
                .filter(|fit| !fit.fits())
                .map(|fit| format!("another pod has no place: {}", fit.message()));
        }
        match obstacle {
            Some(why) => subject.found.push(block(why).with_fix("--single-replica=evict")),
            None => {
                let (code, message) = match way {
                    Move::Surge => (ReasonCode::Surge, "its Deployment is scaled up by one first"),
                    Move::Restart => (ReasonCode::Restart, "its Deployment is restarted, the new pod first"),
                };
                subject.found.push(Found::deciding(code, Verdict::Evict, message));
                // The controller removes it, and no budget is asked.
                subject.gate = Gate::Open;
            }
        }
    }
}

/// Returns the owner of a pod that is its only replica.
fn only_replica(facts: &Facts, subject: &Subject) -> Option<OwnerReference> {
    let pod = subject.pod;
    let controller = pod.metadata.controller()?;
    let owner = subject.owner.as_ref()?;
    if matches!(controller.kind.as_str(), "Job" | "DaemonSet") || subject.successor == Successor::Nobody {
        return None;
    }
    let is_only = match wanted_replicas(&facts.owners, &pod.metadata.namespace, controller) {
        Some(wanted) => wanted == 1,
        None => !facts.pods.iter().any(|other| {
            let is_other = other.metadata.uid != pod.metadata.uid && !other.is_terminal();
            is_other
                && other.metadata.namespace == pod.metadata.namespace
                && other.metadata.controller().is_some_and(|one| facts.owners.top_of(other, one) == *owner)
        }),
    };
    is_only.then(|| OwnerReference {
        api_version: owner.api_version.clone(),
        kind: owner.kind.clone(),
        name: owner.name.clone(),
        ..OwnerReference::default()
    })
}

/// Returns whether the budget of a pod never opens, as things are.
fn is_structural(facts: &Facts, subject: &Subject) -> bool {
    let Gate::Budget(index) = subject.gate else { return false };
    let Some(budget) = facts.budgets.get(index) else { return false };
    let simulation = BudgetSimulation::new(budget);
    *simulation.state() == BudgetState::Current
        && !simulation.admits(subject.pod.is_ready())
        && operator_of(budget, subject.pod).is_none()
        && subject.fits != Some(Fits::No)
        && simulation.shut(siblings(facts, index, &[])) == Shut::Structural
}
