//! Raises quotas by the least that is enough.

use shared::admission::{Shortage, simulator::Simulator};

use super::{Feasibility, MAX_STEPS, changes, least::least};

/// Returns the command that raises what is short, of several quotas in one line since all of them are needed.
pub fn raise(
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let mut larger = rules.clone();
    for _ in 0..MAX_STEPS {
        let Feasibility { complete, shortages, .. } = feasibility(&larger);
        if complete {
            let larger = least(rules, larger, namespace, feasibility);
            let commands: Vec<_> =
                changes(rules, &larger, namespace).into_iter().map(|change| change.command).collect();
            return (!commands.is_empty()).then(|| commands.join(" && "));
        }
        if !raise_in(&mut larger, namespace, &shortages) {
            return None;
        }
    }
    None
}

/// Raises quotas of these rules by what is short. Returns whether any was raised.
pub(super) fn raise_in(rules: &mut Simulator, namespace: &str, shortages: &[Shortage]) -> bool {
    let Some(rules) = rules.namespaces.get_mut(namespace) else { return false };
    let mut raised = false;
    for shortage in shortages {
        let quota = rules.quotas.iter_mut().find(|quota| quota.name == shortage.quota);
        let Some(hard) = quota.and_then(|quota| quota.status_hard.get_mut(&shortage.resource)) else {
            continue;
        };
        let enough = (&shortage.used + &shortage.requested).in_format_of(hard);
        if enough > *hard {
            *hard = enough;
            raised = true;
        }
    }
    raised
}
