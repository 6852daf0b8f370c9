//! Quotas raised, to the least that is enough.

use std::collections::BTreeMap;

use shared::admission::{Shortage, simulator::Simulator};

use super::Feasibility;
use crate::shortage;

/// A set of claims is let in claim by claim; beyond so many steps nothing is proposed.
const STEPS: usize = 200;

/// The command that raises what is short; several quotas in one line, since all of them must grow.
pub(super) fn raise(
    rules: &Simulator,
    namespace: &str,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let mut larger = rules.clone();
    let mut raised: BTreeMap<(String, String), Shortage> = BTreeMap::new();
    for _ in 0..STEPS {
        let Feasibility { complete, shortages } = simulate(&larger);
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
            let of = (shortage.quota.clone(), shortage.resource.clone());
            let before = raised.remove(&of).map_or_else(|| hard.clone(), |before| before.hard);
            raised.insert(of, Shortage { hard: before, ..shortage });
            *hard = enough;
        }
    }
    None
}
