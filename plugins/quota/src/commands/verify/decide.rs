//! Compares what is recorded with what objects add up to.

use std::collections::BTreeMap;

use jiff::Timestamp;
use shared::admission::{
    evaluator::counted_resources, quota_facts::QuotaFacts, resource_names::is_enforceable,
};

use super::{
    cause::{Drift, cause},
    history::History,
    recount::Recount,
    row::{Row, Verdict},
};
use crate::counted_objects::Counted;

/// The last writes of quotas, by namespace and name.
pub type Histories = BTreeMap<(String, String), History>;

/// Returns a row for each resource that anything can count, in the order of quotas and resources. What nothing ever counts
/// has nothing to be compared with.
pub fn rows(counted: &Counted<Recount>, histories: &Histories, now: i64) -> Vec<Row> {
    let mut rows = Vec::new();
    for (place, quota) in counted.quotas.facts.iter().enumerate() {
        let history = histories.get(&(quota.namespace.clone(), quota.name.clone())).copied();
        let names = quota.spec_hard.keys().filter(|name| is_enforceable(name));
        rows.extend(names.map(|name| row(counted, place, quota, name, history.unwrap_or_default(), now)));
    }
    rows
}

fn row(
    counted: &Counted<Recount>,
    place: usize,
    quota: &QuotaFacts,
    name: &str,
    history: History,
    now: i64,
) -> Row {
    let recorded = quota.used.get(name).cloned();
    let unread = counted.unread_resource(&quota.namespace, name);
    let served = !counted_resources(name).iter().any(|resource| counted.unserved.contains(resource));
    let amount = counted.tally.amount(&counted.quotas, place, name);
    // Nothing recorded and nothing found needs no list to agree, and a kind that is not served has nothing to count.
    let is_nothing = recorded.as_ref().is_some_and(shared::quantity::Quantity::is_zero);
    let unit = recorded.as_ref().filter(|one| !one.is_zero()).or(quota.spec_hard.get(name)).cloned();
    let amount = unit.map_or(amount.clone(), |unit| amount.in_format_of(&unit));
    let scope = quota.unknown_requirement();
    let is_known = scope.is_none() && (unread.is_none() || is_nothing);
    let mut row = Row {
        namespace: quota.namespace.clone(),
        quota: quota.name.clone(),
        resource: name.to_owned(),
        drift: recorded.as_ref().filter(|_| is_known).map(|recorded| recorded - &amount),
        recounted: is_known.then_some(amount),
        recorded,
        cause: None,
        recorded_at: None,
    };
    if !served && row.recorded.is_none() {
        // As it should be.
        row.recorded = Some(Default::default());
        row.drift = row.recorded.clone();
    }
    match (row.verdict(), &row.recounted) {
        (Verdict::Unknown, _) => {
            row.cause = match scope {
                Some(scope) => Some(format!("what its scope {scope} selects is not known")),
                None => unread.map(|resource| format!("{resource} could not be listed")),
            };
        }
        (Verdict::Drifts, Some(recounted)) => {
            row.cause = Some(cause(&Drift {
                resource: name,
                recorded: row.recorded.as_ref(),
                recounted,
                enforced: quota.status_hard.contains_key(name),
                served,
                hints: counted.tally.hints(&counted.quotas, place),
                history,
                now,
            }));
            let written = history.written.and_then(|written| Timestamp::from_second(written).ok());
            row.recorded_at = written.map(|written| written.to_string());
        }
        _ => {}
    }
    row
}
