//! Changes of quotas and LimitRanges that get refused objects admitted. Each is simulated before it is printed.

mod change;
mod least;
mod limit_range;
mod quota;

use shared::admission::{RefusedBy, Shortage, simulator::Simulator};

pub use change::{RuleChange, changes};
pub use limit_range::fixes as limit_range_fixes;
pub use quota::raise;

/// The number of times that rules are changed and simulated again: claims of a StatefulSet are admitted one by one.
const MAX_STEPS: usize = 200;

/// Whether everything would be admitted under given rules.
#[derive(Clone, Debug, Default)]
pub struct Feasibility {
    /// Whether all of it would be.
    pub complete: bool,
    /// What quotas are short of otherwise.
    pub shortages: Vec<Shortage>,
    /// Who refuses, with the server's message.
    pub refusals: Vec<(RefusedBy, String)>,
}

/// Returns the rules of a namespace as they would have to be for everything to be admitted, each changed by the least
/// that is enough; `None` where no change of quotas and LimitRanges is. `is_fixed` says which quotas and LimitRanges
/// cannot be changed.
pub fn admit_everything(
    rules: &Simulator,
    namespace: &str,
    is_fixed: &dyn Fn(&str, &str) -> bool,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<Simulator> {
    let mut changed = rules.clone();
    let mut defaulted: Vec<String> = Vec::new();
    for _ in 0..MAX_STEPS {
        let Feasibility { complete, shortages, refusals } = feasibility(&changed);
        if complete {
            return Some(least::least(rules, changed, namespace, feasibility));
        }
        let mut helps = false;
        for (by, message) in &refusals {
            if by.kind == "LimitRange" && !is_fixed(by.kind, &by.name) {
                helps |= limit_range::widen_in(&mut changed, namespace, &by.name, message);
            }
        }
        let shortages: Vec<_> =
            shortages.into_iter().filter(|one| !is_fixed("ResourceQuota", &one.quota)).collect();
        helps |= quota::raise_in(&mut changed, namespace, &shortages);
        if !helps {
            // Defaults that did not help the first time do not help again.
            let keys = limit_range::unspecified(&refusals);
            if keys.iter().all(|key| defaulted.contains(key)) {
                return None;
            }
            defaulted.extend(keys);
            changed = limit_range::with_defaults(&changed, namespace, &refusals, feasibility)?;
        }
    }
    None
}

/// Returns the changes of quotas and LimitRanges that together get everything admitted, in one line.
pub fn change_all(
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let changed = admit_everything(rules, namespace, &|_, _| false, feasibility)?;
    let commands: Vec<_> =
        changes(rules, &changed, namespace).into_iter().map(|change| change.command).collect();
    (!commands.is_empty()).then(|| commands.join(" && "))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Feasibility, RefusedBy, Simulator, admit_everything};

    #[test]
    fn defaults_that_do_not_help_are_not_tried_again() {
        let tries = Cell::new(0);
        let by = RefusedBy { kind: "ResourceQuota", name: "q".to_owned() };
        let message = "pods \"p\" is forbidden: failed quota: q: must specify limits.cpu for: a";
        let feasibility = |_: &Simulator| {
            tries.set(tries.get() + 1);
            Feasibility { refusals: vec![(by.clone(), message.to_owned())], ..Feasibility::default() }
        };
        assert!(admit_everything(&Simulator::default(), "team", &|_, _| false, &feasibility).is_none());
        assert!(tries.get() < 10, "{} tries", tries.get());
    }
}
