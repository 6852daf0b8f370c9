//! Raises quotas by the least that is enough.

use std::collections::BTreeMap;

use shared::admission::{Shortage, simulator::Simulator};

use crate::{commands::explain::simulated_workload::Feasibility, shortage};

/// The number of times that quotas are raised and simulated again: claims of a StatefulSet are admitted one by one.
const MAX_STEPS: usize = 200;

/// Returns the command that raises what is short, of several quotas in one line since all of them are needed.
pub(super) fn raise(
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let mut larger = rules.clone();
    let mut raised: BTreeMap<(String, String), Shortage> = BTreeMap::new();
    for _ in 0..MAX_STEPS {
        let Feasibility { complete, shortages } = feasibility(&larger);
        if complete {
            let shortages: Vec<_> = raised.into_values().collect();
            let commands = shortage::fixes(&shortages, namespace);
            return (!commands.is_empty()).then(|| commands.join(" && "));
        }
        if shortages.is_empty() {
            return None;
        }
        let quotas = &mut larger.namespaces.get_mut(namespace)?.quotas;
        for shortage in shortages {
            let quota = quotas.iter_mut().find(|quota| quota.name == shortage.quota)?;
            let hard = quota.status_hard.get_mut(&shortage.resource)?;
            let enough = (&shortage.used + &shortage.requested).in_format_of(hard);
            if enough <= *hard {
                continue;
            }
            let key = (shortage.quota.clone(), shortage.resource.clone());
            let before = raised.remove(&key).map_or_else(|| hard.clone(), |before| before.hard);
            raised.insert(key, Shortage { hard: before, ..shortage });
            *hard = enough;
        }
    }
    None
}
