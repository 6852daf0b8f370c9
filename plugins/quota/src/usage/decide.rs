//! From the facts of quotas to judged rows.

use std::collections::{BTreeMap, BTreeSet};

use shared::quantity::{Quantity, ratio, reaches_percent};

use super::{row::Row, state::State, thresholds::Thresholds};
use crate::{countable::can_be_counted, quota_facts::QuotaFacts, resource_name::canonical};

/// The rows of one quota, a row for each resource that its spec or status names, in the order of their names.
/// [`Row::binding`] is still to be decided, by [`mark_binding`] over all quotas of the namespace.
pub fn rows_of(quota: &QuotaFacts, thresholds: &Thresholds) -> Vec<Row> {
    let resources: BTreeSet<&String> = quota.spec_hard.keys().chain(quota.status_hard.keys()).collect();
    resources.into_iter().map(|resource| row(quota, resource, thresholds)).collect()
}

fn row(quota: &QuotaFacts, resource: &str, thresholds: &Thresholds) -> Row {
    let spec_hard = quota.spec_hard.get(resource).cloned();
    let enforced = quota.status_hard.get(resource);
    let hard = enforced.or(spec_hard.as_ref()).cloned().unwrap_or_default();
    let used = enforced.and_then(|_| quota.used.get(resource)).cloned();
    let (state, reason) =
        judge(resource, enforced.is_some(), &hard, spec_hard.as_ref(), used.as_ref(), thresholds);
    Row {
        namespace: quota.namespace.clone(),
        quota: quota.name.clone(),
        scopes: quota.scopes.clone(),
        resource: resource.to_owned(),
        free: used.as_ref().map(|used| hard.saturating_sub(used)),
        ratio: used.as_ref().and_then(|used| ratio(used, &hard)),
        binding: false,
        hard,
        spec_hard,
        used,
        state,
        reason,
    }
}

/// The first state that holds, and why.
fn judge(
    resource: &str,
    enforced: bool,
    hard: &Quantity,
    spec_hard: Option<&Quantity>,
    used: Option<&Quantity>,
    thresholds: &Thresholds,
) -> (State, String) {
    if !enforced {
        return (
            State::NotEnforced,
            "the quota controller has not taken this key up, so nothing is limited yet".into(),
        );
    }
    let Some(used) = used else {
        return match can_be_counted(resource) {
            false => (State::NeverEnforced, never_enforced(resource)),
            true => (
                State::Unknown,
                "the server has no count: creates that need it are refused until the quota controller counts it".into(),
            ),
        };
    };
    match spec_hard {
        Some(asked) if asked == hard => {}
        Some(asked) => {
            return (
                State::Pending,
                format!("{hard} is enforced; {asked} is asked for and not taken over yet"),
            );
        }
        None => {
            return (State::Pending, format!("{hard} is enforced; the spec no longer names it"));
        }
    }
    judge_amounts(used, hard, thresholds)
}

/// The verdict on two amounts that are both known and in force, and why.
pub fn judge_amounts(used: &Quantity, hard: &Quantity, thresholds: &Thresholds) -> (State, String) {
    if used > hard {
        let excess = used.saturating_sub(hard);
        (State::Over, format!("{excess} above hard: what exists stays, nothing more is admitted"))
    } else if hard.is_zero() {
        (State::Blocked, "hard is 0: nothing is admitted".into())
    } else if used == hard {
        (State::Full, "nothing more is admitted".into())
    } else if reaches_percent(used, hard, thresholds.crit) {
        (State::Crit, format!("at or above {}%", thresholds.crit))
    } else if reaches_percent(used, hard, thresholds.warn) {
        (State::Warn, format!("at or above {}%", thresholds.warn))
    } else {
        (State::Ok, String::new())
    }
}

/// Why a name is never counted, with the name that is where it can be told.
fn never_enforced(resource: &str) -> String {
    let bare = resource.strip_prefix("limits.").unwrap_or(resource);
    match bare.split_once('/') {
        Some(("count", _)) => {
            "no stored kind has this name, so nothing is limited: write count/PLURAL.GROUP, such as count/deployments.apps"
                .into()
        }
        Some((domain, _)) if domain.contains('.') && !domain.ends_with("k8s.io") && !domain.ends_with("kubernetes.io") => {
            format!("nothing counts this name, so nothing is limited: extended resources are counted as requests.{bare}")
        }
        _ => "nothing counts this name, so nothing is limited".into(),
    }
}

/// Marks, for each namespace and resource, the unscoped rows with the least free; ties are all marked. A resource
/// under two names (`cpu`, `requests.cpu`) is one, and rows without a count bind nothing.
pub fn mark_binding(rows: &mut [Row]) {
    let mut least: BTreeMap<(String, String), Quantity> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.scopes.is_empty()) {
        let Some(free) = &row.free else { continue };
        least
            .entry((row.namespace.clone(), canonical(&row.resource)))
            .and_modify(|least| {
                if free < least {
                    *least = free.clone();
                }
            })
            .or_insert_with(|| free.clone());
    }
    for row in rows.iter_mut() {
        let tightest = least.get(&(row.namespace.clone(), canonical(&row.resource)));
        row.binding = row.scopes.is_empty() && row.free.is_some() && row.free.as_ref() == tightest;
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
