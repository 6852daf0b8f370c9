//! A budget as it shrinks by evictions and recovers by replacements, wave after wave.

use shared::model::PodDisruptionBudget;

use super::{Answer, BudgetState, answer, is_always_allowed, state};

/// A budget over the waves of a plan. Between two waves the controller has counted its pods anew.
#[derive(Clone, Debug)]
pub struct BudgetSimulation {
    state: BudgetState,
    always_allow: bool,
    healthy: i32,
    desired: i32,
    expected: i32,
    /// What the next evictions may still take.
    allowed: i32,
    /// Healthy pods that are evicted in this wave.
    leaving: i32,
    /// Healthy pods that come in the place of those.
    coming: i32,
    /// Replacements that stay Pending, over all waves.
    pending: i32,
}

/// The pods of a budget that are not as wanted, besides those that the plan itself moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiblingCounts {
    /// Not Ready on nodes that stay, waiting for a node, or not there at all.
    pub elsewhere: i32,
    /// Not Ready on the drained nodes.
    pub here: i32,
}

/// Why a budget is shut to a pod after all waves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It opens once pods elsewhere are Ready.
    Held,
    /// It opens once pods of the drained nodes are Ready.
    OwnPods,
    /// It would open if an earlier replacement had a place.
    Deadlock,
    /// It never opens.
    Structural,
}

impl BudgetSimulation {
    /// Returns a budget as its status has it now.
    pub fn new(budget: &PodDisruptionBudget) -> Self {
        let (state, status) = (state(budget), &budget.status);
        // The handler answers by the status, and refuses what is stale or failed.
        let allowed = match state {
            BudgetState::Current => status.disruptions_allowed.max(0),
            _ => 0,
        };
        Self {
            state,
            always_allow: is_always_allowed(budget),
            healthy: status.current_healthy,
            desired: status.desired_healthy,
            expected: status.expected_pods,
            allowed,
            leaving: 0,
            coming: 0,
            pending: 0,
        }
    }

    /// Returns whether its numbers can be trusted.
    pub fn state(&self) -> &BudgetState {
        &self.state
    }

    /// Returns how many disruptions are left in this wave; none where that can't be told.
    pub fn allowed(&self) -> Option<i32> {
        (self.state == BudgetState::Current).then_some(self.allowed)
    }

    /// Returns whether the handler lets such a pod go by its readiness alone.
    pub fn is_free_for(&self, ready: bool) -> bool {
        answer(ready, self.always_allow, self.healthy, self.desired) == Answer::Free
    }

    /// Returns whether the handler lets such a pod go in this wave.
    pub fn admits(&self, ready: bool) -> bool {
        self.is_free_for(ready) || self.allowed > 0
    }

    /// Takes a pod out in this wave. `is_counted` is false for one that is not asked about, as it is Pending.
    pub fn evict(&mut self, ready: bool, is_counted: bool) {
        if is_counted && !self.is_free_for(ready) {
            self.allowed -= 1;
        }
        self.leaving += i32::from(ready);
    }

    /// Adds the replacement of a pod that went in this wave: Ready, or Pending for want of a place.
    pub fn replace(&mut self, has_place: bool) {
        match has_place {
            true => self.coming += 1,
            false => self.pending += 1,
        }
    }

    /// Ends the wave: the replacements are Ready, and the controller counts again.
    pub fn end_wave(&mut self) {
        self.healthy += self.coming - self.leaving;
        (self.coming, self.leaving) = (0, 0);
        if self.state == BudgetState::Current {
            let surplus = (self.healthy - self.desired).max(0);
            self.allowed = if self.expected > 0 { surplus } else { 0 };
        }
    }

    /// Returns why the budget is shut after the last wave.
    pub fn shut(&self, siblings: SiblingCounts) -> Shut {
        let opens = |more: i32| self.expected > 0 && self.healthy + more > self.desired;
        if opens(siblings.elsewhere) {
            Shut::Held
        } else if opens(siblings.elsewhere + siblings.here) {
            Shut::OwnPods
        } else if opens(siblings.elsewhere + siblings.here + self.pending) {
            Shut::Deadlock
        } else {
            Shut::Structural
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn budget(healthy: i32, desired: i32, expected: i32) -> BudgetSimulation {
        let allowed = (healthy - desired).max(0);
        let value = json!({"status": {
            "currentHealthy": healthy, "desiredHealthy": desired, "expectedPods": expected,
            "disruptionsAllowed": allowed,
        }});
        BudgetSimulation::new(&serde_json::from_value(value).unwrap())
    }

    #[test]
    fn what_is_replaced_can_be_spent_again() {
        let mut simulation = budget(3, 2, 3);
        assert!(simulation.admits(true));
        simulation.evict(true, true);
        assert!(!simulation.admits(true));
        simulation.replace(true);
        simulation.end_wave();
        assert_eq!(simulation.allowed(), Some(1));
        simulation.evict(true, true);
        simulation.replace(false);
        simulation.end_wave();
        assert_eq!(simulation.allowed(), Some(0));
        assert_eq!(simulation.shut(SiblingCounts::default()), Shut::Deadlock);
    }

    #[test]
    fn a_pod_that_was_not_ready_makes_room_by_its_replacement() {
        let mut simulation = budget(2, 2, 3);
        assert!(simulation.is_free_for(false) && !simulation.admits(true));
        simulation.evict(false, true);
        simulation.replace(true);
        simulation.end_wave();
        assert_eq!(simulation.allowed(), Some(1));
    }

    #[test]
    fn blocks_are_told_apart_by_what_would_open_them() {
        let counts = |elsewhere, here| SiblingCounts { elsewhere, here };
        assert_eq!(budget(2, 2, 2).shut(counts(0, 0)), Shut::Structural);
        assert_eq!(budget(2, 2, 3).shut(counts(1, 0)), Shut::Held);
        assert_eq!(budget(1, 2, 3).shut(counts(1, 1)), Shut::OwnPods);
        assert_eq!(budget(1, 2, 3).shut(counts(0, 2)), Shut::OwnPods);
        assert_eq!(budget(1, 2, 3).shut(counts(2, 0)), Shut::Held);
        assert_eq!(budget(0, 0, 0).shut(counts(9, 9)), Shut::Structural);
    }

    #[test]
    fn a_stale_budget_allows_nothing_but_what_readiness_allows() {
        let value = json!({"metadata": {"generation": 2}, "status": {
            "observedGeneration": 1, "currentHealthy": 3, "desiredHealthy": 1, "expectedPods": 3,
            "disruptionsAllowed": 2,
        }});
        let simulation = BudgetSimulation::new(&serde_json::from_value(value).unwrap());
        assert_eq!(simulation.allowed(), None);
        assert!(!simulation.admits(true) && simulation.admits(false));
    }
}
