//! What a budget demands of a number of pods, and whether more replicas would open it
//! (`getExpectedPodCount` in `pkg/controller/disruption/disruption.go`).

use shared::model::{IntOrString, IntOrStringValue, PodDisruptionBudget};

/// Returns how many of `expected` pods must be healthy; none for a text that is no percentage.
pub fn desired_healthy(budget: &PodDisruptionBudget, expected: i64) -> Option<i64> {
    match (&budget.spec.max_unavailable, &budget.spec.min_available) {
        (Some(most), _) => Some((expected - scaled_up(most, expected)?).max(0)),
        (None, Some(least)) => scaled_up(least, expected),
        (None, None) => Some(0),
    }
}

/// Returns a number, or the percentage of `of`, rounded up (`GetScaledValueFromIntOrPercent`).
fn scaled_up(value: &IntOrString, of: i64) -> Option<i64> {
    match value.value() {
        IntOrStringValue::Int(number) => Some(i64::from(number)),
        IntOrStringValue::Text(text) => {
            let percent: i64 = text.strip_suffix('%')?.parse().ok()?;
            Some((percent * of).div_euclid(100) + i64::from((percent * of).rem_euclid(100) > 0))
        }
    }
}

/// What would open a budget that is shut even when all of its pods are Ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lift {
    /// As many replicas as this.
    Replicas(i64),
    /// Nothing but another spec.
    Spec,
}

/// Returns what opens a budget of `expected` pods: the least number of replicas that does, if any number can.
pub fn lift(budget: &PodDisruptionBudget, expected: i64) -> Lift {
    let expected = expected.max(1);
    // Percentages repeat after a hundred replicas; a number is passed once.
    let least = match budget.spec.min_available.as_ref().map(IntOrString::value) {
        Some(IntOrStringValue::Int(number)) => i64::from(number) + 1,
        _ => expected + 1,
    };
    let opens =
        |replicas: &i64| desired_healthy(budget, *replicas).is_some_and(|desired| *replicas > desired);
    (least.max(expected + 1)..=least.max(expected + 1) + 100).find(opens).map_or(Lift::Spec, Lift::Replicas)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn budget(spec: Value) -> PodDisruptionBudget {
        serde_json::from_value(json!({"spec": spec})).unwrap()
    }

    #[test]
    fn percentages_are_rounded_up() {
        for (spec, expected, desired) in [
            (json!({"minAvailable": "50%"}), 3, 2),
            (json!({"maxUnavailable": "30%"}), 3, 2),
            (json!({"maxUnavailable": "1%"}), 1, 0),
            (json!({"minAvailable": "1%"}), 1, 1),
            (json!({"minAvailable": 2}), 1, 2),
            (json!({"maxUnavailable": 5}), 3, 0),
            (json!({"maxUnavailable": "100%"}), 3, 0),
            (json!({}), 3, 0),
        ] {
            assert_eq!(
                desired_healthy(&budget(spec.clone()), expected),
                Some(desired),
                "{spec} of {expected}"
            );
        }
        assert_eq!(desired_healthy(&budget(json!({"minAvailable": "half"})), 3), None);
    }

    #[test]
    fn more_replicas_open_what_leaves_room_for_them() {
        assert_eq!(lift(&budget(json!({"minAvailable": 2})), 2), Lift::Replicas(3));
        assert_eq!(lift(&budget(json!({"minAvailable": 5})), 2), Lift::Replicas(6));
        assert_eq!(lift(&budget(json!({"minAvailable": "60%"})), 1), Lift::Replicas(3));
        assert_eq!(lift(&budget(json!({"minAvailable": "100%"})), 3), Lift::Spec);
        assert_eq!(lift(&budget(json!({"maxUnavailable": 0})), 3), Lift::Spec);
        assert_eq!(lift(&budget(json!({"maxUnavailable": "0%"})), 3), Lift::Spec);
    }
}
