//! Whether a plan may be carried out, and what the command ends with where it may not.

use shared::cli::ExitStatus;

use crate::{
    flags::DecisionFlags,
    plan::{Guard, GuardCode, Plan, Verdict},
};

/// Returns what a refused plan ends with: none where it may be carried out.
pub fn refusal(plan: &Plan, flags: &DecisionFlags) -> Option<ExitStatus> {
    let stands_in_the_way = |verdict: Verdict| matches!(verdict, Verdict::Blocked | Verdict::Unmanaged);
    if !flags.allow_partial && plan.pods().any(|pod| stands_in_the_way(pod.verdict)) {
        return Some(ExitStatus::No);
    }
    if plan.guards.iter().any(|guard| guard.blocks) {
        return Some(ExitStatus::Guarded);
    }
    let is_unknown = plan.pods().any(|pod| pod.verdict == Verdict::Unknown);
    (is_unknown && !flags.allow_partial).then_some(ExitStatus::NotPermitted)
}

/// Returns the sentences of a refusal.
pub fn sentences(plan: &Plan, flags: &DecisionFlags) -> Vec<String> {
    let refuses = |verdict: Verdict| match verdict {
        Verdict::Blocked | Verdict::Unmanaged | Verdict::Unknown => !flags.allow_partial,
        _ => false,
    };
    let pods = plan.pods().filter(|pod| refuses(pod.verdict)).map(|pod| {
        let why = pod.reasons.first().map(|reason| format!(": {}", reason.message)).unwrap_or_default();
        format!("pod {}/{} is {}{why}", pod.namespace, pod.name, pod.verdict.as_str())
    });
    let guards = plan.guards.iter().filter(|guard| guard.blocks);
    pods.chain(guards.map(|guard| format!("{}: {}", guard.code.as_str(), guard.message))).collect()
}

/// Returns the guard against a plan that is not the one that was saved or shown; none where it is.
pub fn drift(wanted: Option<&str>, plan: &Plan, flags: &DecisionFlags) -> Option<Guard> {
    let wanted = wanted.filter(|hash| *hash != plan.hash)?;
    Some(Guard {
        code: GuardCode::PlanDrift,
        message: format!("the plan has changed: its hash was {wanted} and is {} now", plan.hash),
        blocks: !flags.allows(GuardCode::PlanDrift),
        fix: Some("look at the plan again: `kubectl drain-safe plan`".to_owned()),
    })
}

/// Returns the status to end with of several, the first of 130, 6, 5, 1, 4.
pub fn worst(statuses: impl IntoIterator<Item = ExitStatus>) -> ExitStatus {
    let order = [
        ExitStatus::Cancelled,
        ExitStatus::NotPermitted,
        ExitStatus::Guarded,
        ExitStatus::Failure,
        ExitStatus::Incomplete,
    ];
    let rank = |status: &ExitStatus| order.iter().position(|one| one == status).unwrap_or(order.len());
    statuses.into_iter().min_by_key(rank).unwrap_or(ExitStatus::Success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_the_gravest_counts() {
        use ExitStatus::{Cancelled, Failure, Guarded, Incomplete, NotPermitted, Success};
        assert_eq!(worst([]), Success);
        assert_eq!(worst([Success, Incomplete]), Incomplete);
        assert_eq!(worst([Incomplete, Failure, Guarded]), Guarded);
        assert_eq!(worst([Guarded, NotPermitted]), NotPermitted);
        assert_eq!(worst([NotPermitted, Cancelled]), Cancelled);
    }
}
