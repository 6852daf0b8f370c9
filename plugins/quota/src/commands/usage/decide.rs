//! From the facts of quotas to judged rows.

use std::{borrow::Cow, rc::Rc};

use shared::{
    admission::{
        quota_facts::QuotaFacts,
        resource_names::{canonical, is_enforceable},
    },
    quantity::{Quantity, reaches_percent},
};

use super::{
    row::{Place, Row},
    state::State,
    thresholds::Thresholds,
};

/// The rows of one quota, a row for each resource that its spec or status names, in the order of their names.
/// [`Row::binding`] is still to be decided, by [`mark_binding`] over all quotas of the namespace.
pub fn rows_of(mut quota: QuotaFacts, thresholds: &Thresholds) -> Vec<Row> {
    let place = Rc::new(Place { namespace: quota.namespace, quota: quota.name, scopes: quota.scopes });
    let mut rows = Vec::with_capacity(quota.status_hard.len());
    for (resource, hard) in quota.status_hard {
        let (spec_hard, used) = (quota.spec_hard.remove(&resource), quota.used.remove(&resource));
        let (state, reason) = judge(&resource, &hard, spec_hard.as_ref(), used.as_ref(), thresholds);
        rows.push(Row {
            place: place.clone(),
            resource,
            hard,
            spec_hard,
            used,
            state,
            reason,
            binding: false,
        });
    }
    // What is left of the spec is not in the status: nothing enforces it.
    let is_complete = quota.spec_hard.is_empty();
    for (resource, hard) in quota.spec_hard {
        rows.push(Row {
            place: place.clone(),
            resource,
            spec_hard: Some(hard.clone()),
            hard,
            used: None,
            state: State::NotEnforced,
            reason: "the quota controller has not taken this key up, so nothing is limited yet".into(),
            binding: false,
        });
    }
    if !is_complete {
        rows.sort_by(|a, b| a.resource.cmp(&b.resource));
    }
    rows
}

/// The first state that holds of a key that is in force, and why.
fn judge(
    resource: &str,
    hard: &Quantity,
    spec_hard: Option<&Quantity>,
    used: Option<&Quantity>,
    thresholds: &Thresholds,
) -> (State, Cow<'static, str>) {
    let Some(used) = used else {
        return match is_enforceable(resource) {
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
                format!("{hard} is enforced; {asked} is asked for and not taken over yet").into(),
            );
        }
        None => {
            return (State::Pending, format!("{hard} is enforced; the spec no longer names it").into());
        }
    }
    judge_amounts(used, hard, thresholds)
}

/// The verdict on two amounts that are both known and in force, and why.
pub fn judge_amounts(
    used: &Quantity,
    hard: &Quantity,
    thresholds: &Thresholds,
) -> (State, Cow<'static, str>) {
    if used > hard {
        let excess = used.saturating_sub(hard);
        (State::Over, format!("{excess} above hard: what exists stays, nothing more is admitted").into())
    } else if hard.is_zero() {
        (State::Blocked, "hard is 0: nothing is admitted".into())
    } else if used == hard {
        (State::Full, "nothing more is admitted".into())
    } else if reaches_percent(used, hard, thresholds.crit) {
        (State::Crit, format!("at or above {}%", thresholds.crit).into())
    } else if reaches_percent(used, hard, thresholds.warn) {
        (State::Warn, format!("at or above {}%", thresholds.warn).into())
    } else {
        (State::Ok, Cow::Borrowed(""))
    }
}

/// Why a name is never counted, with the name that is where it can be told.
fn never_enforced(resource: &str) -> Cow<'static, str> {
    let bare = resource.strip_prefix("limits.").unwrap_or(resource);
    match bare.split_once('/') {
        Some(("count", _)) => {
            "no stored kind has this name, so nothing is limited: write count/PLURAL.GROUP, such as count/deployments.apps"
                .into()
        }
        Some((domain, _)) if domain.contains('.') && !domain.ends_with("k8s.io") && !domain.ends_with("kubernetes.io") => {
            format!("nothing counts this name, so nothing is limited: extended resources are counted as requests.{bare}")
                .into()
        }
        _ => "nothing counts this name, so nothing is limited".into(),
    }
}

/// Marks, for each namespace and resource, the unscoped rows with the least free; ties are all marked. A resource
/// under two names (`cpu`, `requests.cpu`) is one, and rows without a count bind nothing.
///
/// Puts the rows in the order of their namespaces, in which lists mostly have them already.
pub fn mark_binding(rows: &mut [Row]) {
    rows.sort_by(|a, b| a.place.namespace.cmp(&b.place.namespace));
    for rows in rows.chunk_by_mut(|a, b| a.place.namespace == b.place.namespace) {
        let mut binding = vec![false; rows.len()];
        let free = |row: &Row| if row.is_scoped() { None } else { row.free() };
        let mut candidates: Vec<(Cow<str>, Quantity, usize)> = rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some((canonical(&row.resource), free(row)?, index)))
            .collect();
        candidates.sort_unstable();
        for same in candidates.chunk_by(|a, b| a.0 == b.0) {
            // Sorted by what is free as well: the first is the least.
            for (.., index) in same.iter().take_while(|candidate| candidate.1 == same[0].1) {
                binding[*index] = true;
            }
        }
        for (row, binding) in rows.iter_mut().zip(binding) {
            row.binding = binding;
        }
    }
}

#[cfg(test)]
mod tests;
