//! Budgets as the watch shows them, and what was charged since.

use std::collections::BTreeSet;

use super::Moment;

/// A budget's namespace and name.
pub type BudgetKey = (String, String);

/// A budget as the watch shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BudgetSeen {
    /// `disruptionsAllowed`.
    pub allowed: i32,
    /// `currentHealthy`.
    pub healthy: i32,
    /// `desiredHealthy`.
    pub desired: i32,
    /// Whether the controller has not yet seen its last change.
    pub is_stale: bool,
    /// The generation of its spec.
    pub generation: i64,
    /// Pods whose eviction was accepted and not yet observed.
    pub disrupted: BTreeSet<String>,
}

/// A budget during the run.
#[derive(Clone, Debug, Default)]
pub(super) struct BudgetRun {
    pub seen: BudgetSeen,
    /// The pod whose eviction is under way: the server would make others wait half a second for each conflict.
    pub in_flight: Option<String>,
    /// After a refusal: until the budget changes, or then.
    pub held_until: Option<Moment>,
}

impl BudgetRun {
    pub fn see(&mut self, seen: BudgetSeen) {
        self.seen = seen;
        self.held_until = None;
    }

    /// Returns whether it lets a pod go now.
    pub fn allows(&self, now: Moment) -> bool {
        !self.seen.is_stale
            && self.seen.allowed > 0
            && self.in_flight.is_none()
            && self.held_until.is_none_or(|until| until <= now)
    }

    /// Remembers an accepted eviction until the watch shows it. What the watch shows already is not charged twice.
    pub fn charge(&mut self, pod: &str) {
        if !self.seen.disrupted.contains(pod) {
            self.seen.allowed = (self.seen.allowed - 1).max(0);
        }
    }

    /// Says in a sentence why it lets no pod go.
    pub fn sentence(&self, name: &str) -> String {
        let BudgetSeen { healthy, desired, is_stale, .. } = self.seen;
        match is_stale {
            true => format!("the disruption controller has not yet seen the last change of budget {name}"),
            // The server charges an eviction at once; the pods are counted again when one is gone.
            false if healthy > desired => {
                format!("the disruption controller has not yet counted the last eviction under budget {name}")
            }
            false => format!("budget {name} needs {desired} healthy pods and has {healthy}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_charge_that_is_not_counted_yet_is_no_lack_of_pods() {
        let sentence = |healthy| {
            let seen = BudgetSeen { healthy, desired: 5, ..BudgetSeen::default() };
            BudgetRun { seen, ..BudgetRun::default() }.sentence("web")
        };
        assert_eq!(sentence(5), "budget web needs 5 healthy pods and has 5");
        assert_eq!(
            sentence(6),
            "the disruption controller has not yet counted the last eviction under budget web"
        );
    }

    #[test]
    fn a_charge_counts_once() {
        let seen = |allowed, disrupted: &[&str]| BudgetSeen {
            allowed,
            disrupted: disrupted.iter().map(|&name| name.to_owned()).collect(),
            ..BudgetSeen::default()
        };
        let mut budget = BudgetRun::default();
        budget.see(seen(2, &[]));
        budget.charge("a");
        assert_eq!(budget.seen.allowed, 1);
        // The watch was faster than the answer.
        budget.see(seen(1, &["a", "b"]));
        budget.charge("b");
        assert_eq!(budget.seen.allowed, 1);
    }

    #[test]
    fn a_refusal_holds_until_the_budget_changes_or_for_a_while() {
        let mut budget = BudgetRun::default();
        budget.see(BudgetSeen { allowed: 1, ..BudgetSeen::default() });
        budget.held_until = Some(Duration::from_secs(5));
        assert!(!budget.allows(Duration::from_secs(4)));
        assert!(budget.allows(Duration::from_secs(5)));
        budget.held_until = Some(Duration::from_secs(50));
        budget.see(BudgetSeen { allowed: 1, ..BudgetSeen::default() });
        assert!(budget.allows(Duration::from_secs(6)));
        budget.see(BudgetSeen { allowed: 1, is_stale: true, ..BudgetSeen::default() });
        assert!(!budget.allows(Duration::from_secs(6)));
    }
}
