//! What the eviction handler says to one request (`EvictionREST.Create` and `checkAndDecrement` in
//! `pkg/registry/core/pod/storage/eviction.go`).

use shared::model::PodDisruptionBudget;

/// Whether the numbers of a budget can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BudgetState {
    /// They can.
    Current,
    /// The controller has not yet seen the last change of the spec.
    Stale,
    /// The controller could not compute them, with its message.
    SyncFailed(String),
}

/// Returns whether the numbers of a budget can be trusted.
///
/// A budget that never synced keeps an observed generation of 0, so the condition is looked at first.
pub fn state(budget: &PodDisruptionBudget) -> BudgetState {
    let condition = budget.status.condition("DisruptionAllowed");
    if let Some(failed) = condition.filter(|condition| condition.reason == "SyncFailed") {
        return BudgetState::SyncFailed(failed.message.clone());
    }
    match budget.status.observed_generation < budget.metadata.generation {
        true => BudgetState::Stale,
        false => BudgetState::Current,
    }
}

/// What the handler does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It lets the pod go by its readiness, and leaves the budget as it is.
    Free,
    /// It takes one disruption from the budget, if there is one.
    Counted,
}

/// Returns whether a budget lets pods that are not Ready go whatever it allows.
pub fn is_always_allowed(budget: &PodDisruptionBudget) -> bool {
    budget.spec.unhealthy_pod_eviction_policy.as_deref() == Some("AlwaysAllow")
}

/// Returns how the handler treats a running pod under exactly one budget with this many healthy pods.
///
/// The numbers are those of the status even where that is stale: readiness is looked at first.
pub fn answer(ready: bool, always_allow: bool, healthy: i32, desired: i32) -> Answer {
    match ready {
        false if always_allow || (healthy >= desired && desired > 0) => Answer::Free,
        _ => Answer::Counted,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_table_of_readiness_and_policy() {
        for (ready, always, healthy, desired, expected) in [
            (true, false, 5, 1, Answer::Counted),
            (true, true, 0, 1, Answer::Counted),
            (false, true, 0, 9, Answer::Free),
            (false, false, 2, 2, Answer::Free),
            (false, false, 1, 2, Answer::Counted),
            (false, false, 1, 0, Answer::Counted),
        ] {
            assert_eq!(
                answer(ready, always, healthy, desired),
                expected,
                "{ready} {always} {healthy} {desired}"
            );
        }
    }

    #[test]
    fn a_budget_that_never_synced_has_failed_and_is_not_stale() {
        let of = |generation: i64, observed: i64, conditions: Value| {
            let value = json!({
                "metadata": {"generation": generation},
                "status": {"observedGeneration": observed, "conditions": conditions},
            });
            state(&serde_json::from_value(value).unwrap())
        };
        assert_eq!(of(2, 2, json!([])), BudgetState::Current);
        assert_eq!(of(2, 1, json!([])), BudgetState::Stale);
        let failed = json!([{"type": "DisruptionAllowed", "reason": "SyncFailed", "message": "no scale"}]);
        assert_eq!(of(1, 0, failed), BudgetState::SyncFailed("no scale".into()));
    }
}
