//! Decides the rows of quotas: their states, and which of them bind.

use std::{borrow::Cow, rc::Rc};

use shared::{
    admission::{
        quota_facts::QuotaFacts,
        resource_names::{canonical, is_enforceable},
    },
    quantity::{Quantity, reaches_percent},
};

use super::{
    row::{Place, QuotaKind, Row},
    state::{State, Thresholds},
};

/// Returns the rows of one quota: one for each resource in its spec or status, sorted by name. [`Row::binding`] is set
/// later, by [`mark_binding`], over all quotas of the namespace.
pub fn rows_of(quota: QuotaFacts, thresholds: &Thresholds) -> Vec<Row> {
    rows_of_kind(quota, QuotaKind::ResourceQuota, thresholds)
}

/// Returns the rows of one quota of any kind, as [`rows_of`].
pub fn rows_of_kind(mut quota: QuotaFacts, kind: QuotaKind, thresholds: &Thresholds) -> Vec<Row> {
    let place = Rc::new(Place { kind, namespace: quota.namespace, quota: quota.name, scopes: quota.scopes });
    let mut rows = Vec::with_capacity(quota.status_hard.len());
    for (resource, hard) in quota.status_hard {
        let (spec_hard, used) = (quota.spec_hard.remove(&resource), quota.used.remove(&resource));
        let (state, reason) = state_of(&resource, &hard, spec_hard.as_ref(), used.as_ref(), thresholds);
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
    // The rest of the spec is not in the status: it is not enforced.
    let is_complete = quota.spec_hard.is_empty();
    for (resource, hard) in quota.spec_hard {
        rows.push(Row {
            place: place.clone(),
            resource,
            spec_hard: Some(hard.clone()),
            hard,
            used: None,
            state: State::NotEnforced,
            reason: "not in status.hard: the quota controller has not synced it, so nothing is limited yet"
                .into(),
            binding: false,
        });
    }
    if !is_complete {
        rows.sort_by(|a, b| a.resource.cmp(&b.resource));
    }
    rows
}

/// Returns the state of a key in `status.hard`, and the reason.
fn state_of(
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
                "not in status.used: creates that need it are refused until the quota controller counts it"
                    .into(),
            ),
        };
    };
    match spec_hard {
        Some(spec) if spec == hard => {}
        Some(spec) => {
            return (
                State::Pending,
                format!("{hard} is enforced; spec.hard is {spec}, not synced yet").into(),
            );
        }
        None => {
            return (State::Pending, format!("{hard} is enforced; spec.hard no longer has it").into());
        }
    }
    state_of_amounts(used, hard, thresholds)
}

/// Returns the state of two amounts that are both known and enforced, and the reason.
pub fn state_of_amounts(
    used: &Quantity,
    hard: &Quantity,
    thresholds: &Thresholds,
) -> (State, Cow<'static, str>) {
    if used > hard {
        let excess = used.saturating_sub(hard);
        (State::Over, format!("{excess} above hard: existing objects stay, nothing more is admitted").into())
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

/// Returns why a resource name is never counted, and the name to use instead where there is one.
fn never_enforced(resource: &str) -> Cow<'static, str> {
    let bare = resource.strip_prefix("limits.").unwrap_or(resource);
    match bare.split_once('/') {
        Some(("count", _)) => {
            "never enforced: there is no such kind; use count/PLURAL.GROUP, such as count/deployments.apps"
                .into()
        }
        Some((domain, _))
            if domain.contains('.') && !domain.ends_with("k8s.io") && !domain.ends_with("kubernetes.io") =>
        {
            format!("never enforced: Kubernetes does not count {resource}; use requests.{bare}").into()
        }
        _ => format!("never enforced: Kubernetes does not count {resource}").into(),
    }
}

/// Marks, for each namespace and resource, the unscoped rows with the least free; ties are all marked. `cpu` and
/// `requests.cpu` are one resource, and rows without a count bind nothing.
///
/// Sorts the rows by namespace, which is mostly their order already.
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
            // They are also sorted by what is free: the first has the least.
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
