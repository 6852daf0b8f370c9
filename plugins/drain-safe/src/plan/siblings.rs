//! The pods of a budget that are not as wanted.

use std::collections::BTreeSet;

use shared::{
    model::{IntOrStringValue, WidePod},
    selector::labels::CompiledSelector,
};

use super::Facts;
use crate::{budgets::SiblingCounts, pods::wanted_replicas};

/// The pods of a budget.
#[derive(Default)]
pub struct Members<'a> {
    /// Those that are neither finished nor being deleted.
    pub live: Vec<&'a WidePod>,
    /// How many there should be.
    pub expected: i32,
    /// How many of these are not there, or are being deleted.
    pub missing: i32,
}

/// Returns the pods of a budget; none where its selector is missing or wrong.
pub fn members(facts: &Facts, index: usize) -> Members<'_> {
    let Some(budget) = facts.budgets.get(index) else { return Members::default() };
    let Some(selector) = budget.spec.selector.as_ref().and_then(CompiledSelector::new) else {
        return Members::default();
    };
    let all: Vec<&WidePod> = facts
        .pods
        .iter()
        .filter(|pod| {
            pod.metadata.namespace == budget.metadata.namespace
                && selector.matches(&pod.metadata.labels)
                && !pod.is_terminal()
        })
        .collect();
    let live: Vec<&WidePod> = all.iter().copied().filter(|pod| !pod.is_terminating()).collect();
    let is_number = matches!(
        budget.spec.min_available.as_ref().map(shared::model::IntOrString::value),
        Some(IntOrStringValue::Int(_))
    );
    // A number of pods that must be available says nothing of how many there should be: owners do.
    let expected = match is_number && budget.spec.max_unavailable.is_none() {
        false => usize::try_from(budget.status.expected_pods).unwrap_or(0),
        true => {
            let mut seen = BTreeSet::new();
            let wanted = all.iter().filter_map(|pod| {
                let controller = pod.metadata.controller()?;
                let top = facts.owners.top_of(pod, controller);
                if !seen.insert(top) {
                    return Some(0);
                }
                wanted_replicas(&facts.owners, &pod.metadata.namespace, controller)
            });
            wanted.sum::<usize>().max(all.len())
        }
    };
    let missing = expected.saturating_sub(live.len());
    Members { live, expected: counted(expected), missing: counted(missing) }
}

fn counted(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Counts the pods of a budget that are not as wanted, without those that have gone.
///
/// Pods whose eviction was accepted count as missing, since their replacements come up elsewhere: a run that was killed
/// leaves such pods. So do pods that are Ready and not yet in the status, which the controller writes a moment later.
pub fn siblings(facts: &Facts, index: usize, gone: &[String]) -> SiblingCounts {
    let Some(status) = facts.budgets.get(index).map(|budget| &budget.status) else {
        return SiblingCounts::default();
    };
    let Members { live, expected, missing } = members(facts, index);
    let is_disrupted = |pod: &&WidePod| status.disrupted_pods.contains_key(&pod.metadata.name);
    let (disrupted, left): (Vec<_>, Vec<_>) = live.into_iter().partition(is_disrupted);
    let unready: Vec<_> = left.into_iter().filter(|pod| !pod.is_ready()).collect();
    let replaced = missing.saturating_add(counted(disrupted.len()));
    let unseen = expected
        .min(status.expected_pods)
        .saturating_sub(status.current_healthy)
        .saturating_sub(replaced)
        .saturating_sub(counted(unready.len()));
    let (here, elsewhere): (Vec<_>, Vec<_>) = unready
        .into_iter()
        .filter(|pod| !gone.contains(&pod.metadata.uid))
        .partition(|pod| facts.is_target(&pod.spec.node_name));
    SiblingCounts {
        elsewhere: replaced.saturating_add(unseen.max(0)).saturating_add(counted(elsewhere.len())),
        here: counted(here.len()),
    }
}
