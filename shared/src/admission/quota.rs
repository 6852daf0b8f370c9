//! The quota check (`CheckRequest` in `apiserver/pkg/admission/plugin/resourcequota/controller.go`).

use super::{
    Refusal, Shortage,
    evaluator::{counts, handles, matches_scope, missing_requirements, usage},
    object::{Object, ObjectKind},
    quota_facts::{Amounts, QuotaFacts},
};
use crate::quantity::Quantity;

/// What would be charged: the new `used` of each quota, by index.
pub type Charges = Vec<(usize, Amounts)>;

/// Checks an object that is to be created, or to replace `old`, against the quotas of its namespace.
///
/// # Errors
/// A refusal for each quota that refuses; the server goes through them in random order and reports one. Quotas that
/// can't be answered (must specify, status unknown) stand alone, since those are looked for first.
pub fn check(
    object: &Object,
    old: Option<&Object>,
    resize: bool,
    quotas: &[QuotaFacts],
) -> Result<Charges, Vec<Refusal>> {
    if !object.kind.namespaced || !handles(object, old, resize) {
        return Ok(Vec::new());
    }
    let interesting: Vec<_> = quotas.iter().enumerate().filter(|(_, quota)| matches(quota, object)).collect();
    let unanswerable: Vec<_> =
        interesting.iter().filter_map(|(_, quota)| unanswerable(quota, object)).collect();
    if !unanswerable.is_empty() {
        return Err(unanswerable);
    }
    let usage_now = usage(object);
    let increase = old.map(|old| increase(&usage_now, &usage(old)));
    let mut charges = Charges::new();
    let mut refusals = Vec::new();
    for (index, quota) in interesting {
        let delta = match (&increase, old) {
            (Some(increase), Some(old)) if matches(quota, old) => increase,
            _ => &usage_now,
        };
        let requested: Amounts = delta
            .iter()
            .filter(|(name, amount)| !amount.is_zero() && quota.status_hard.contains_key(*name))
            .map(|(name, amount)| (name.clone(), amount.clone()))
            .collect();
        match charge(quota, &requested) {
            Ok(used) => charges.push((index, used)),
            Err(shortages) => refusals.push(exceeded(object, quota, shortages)),
        }
    }
    if refusals.is_empty() { Ok(charges) } else { Err(refusals) }
}

/// Releases the charge of `count` objects like this one, as the controller does once they are gone.
pub fn release_all(object: &Object, count: u64, quotas: &mut [QuotaFacts]) {
    let usage = usage(object);
    for quota in quotas.iter_mut().filter(|quota| matches(quota, object)) {
        for (name, used) in &mut quota.used {
            if let Some(amount) = usage.get(name).filter(|amount| !amount.is_zero()) {
                *used = used.saturating_sub(&amount.times(count));
            }
        }
    }
}

/// Returns how many more sets of objects like these fit into all quotas; `None` where none of them counts any.
pub fn remaining_capacity(set: &[Object], quotas: &[QuotaFacts]) -> Option<u64> {
    let capacity_of = |quota: &QuotaFacts| {
        let usage = usage_of_all(set.iter().map(|object| (object, 1)), quota);
        let capacities = quota.status_hard.iter().filter_map(|(name, hard)| {
            let free = hard - quota.used.get(name)?;
            free.how_many(usage.get(name)?)
        });
        capacities.min()
    };
    quotas.iter().filter_map(capacity_of).min()
}

/// Returns what a quota charges for several objects, each a number of times.
fn usage_of_all<'a>(objects: impl Iterator<Item = (&'a Object, usize)>, quota: &QuotaFacts) -> Amounts {
    let mut sum = Amounts::new();
    for (object, count) in objects.filter(|(object, _)| matches(quota, object)) {
        let count = i128::try_from(count).unwrap_or(i128::MAX);
        for (name, amount) in usage(object) {
            *sum.entry(name).or_default() += &amount.times(count);
        }
    }
    sum
}

/// Charges `count` objects like this one, whether they fit or not.
pub fn charge_all(object: &Object, count: u64, quotas: &mut [QuotaFacts]) {
    let usage = usage(object);
    for quota in quotas.iter_mut().filter(|quota| matches(quota, object)) {
        for (name, used) in &mut quota.used {
            if let Some(amount) = usage.get(name) {
                *used += &amount.times(count);
            }
        }
    }
}

/// Returns what quotas lack for these objects, each a number of times, over all resources and quotas.
pub fn shortages(objects: &[(Object, usize)], quotas: &[QuotaFacts]) -> Vec<Shortage> {
    let mut all = Vec::new();
    for quota in quotas {
        let usage = usage_of_all(objects.iter().map(|(object, count)| (object, *count)), quota);
        for (name, hard) in &quota.status_hard {
            let Some(requested) = usage.get(name).filter(|amount| !amount.is_zero()).cloned() else {
                continue;
            };
            let used = quota.used.get(name).cloned().unwrap_or_default();
            if &used + &requested > *hard {
                all.push(Shortage {
                    quota: quota.name.clone(),
                    resource: name.clone(),
                    requested,
                    used,
                    hard: hard.clone(),
                });
            }
        }
    }
    all
}

/// Returns whether the quota counts this object at all (`generic.Matches`). Admission enforces the hard limits in its
/// status.
pub fn matches(quota: &QuotaFacts, object: &Object) -> bool {
    quota.status_hard.keys().any(|name| counts(object, name))
        && quota.requirements.iter().all(|requirement| matches_scope(object, requirement))
}

/// Returns the refusal for a quota that can't be checked: resources are not set, or its status is unknown.
fn unanswerable(quota: &QuotaFacts, object: &Object) -> Option<Refusal> {
    let limited = || quota.status_hard.keys().map(String::as_str).filter(|name| counts(object, name));
    if let ObjectKind::Pod(pod) = &object.body
        && let Some(missing) = missing_requirements(pod, limited())
    {
        let message = object.forbidden(&format!("failed quota: {}: {missing}", quota.name));
        return Some(Refusal::quota(&quota.name, message, Vec::new()));
    }
    if limited().all(|name| quota.used.contains_key(name)) {
        return None;
    }
    let names = limited().collect::<Vec<_>>().join(",");
    let message = object.forbidden(&format!("status unknown for quota: {}, resources: {names}", quota.name));
    Some(Refusal::quota(&quota.name, message, Vec::new()))
}

/// Returns what is requested beyond the previous charge, never below zero (`SubtractWithNonNegativeResult`).
fn increase(now: &Amounts, before: &Amounts) -> Amounts {
    let difference = |(name, amount): (&String, &Quantity)| {
        let rest = before.get(name).map_or_else(|| amount.clone(), |before| amount - before);
        (name.clone(), if rest.is_positive() { rest } else { Quantity::ZERO })
    };
    now.iter().map(difference).collect()
}

/// Returns the new `used`.
fn charge(quota: &QuotaFacts, requested: &Amounts) -> Result<Amounts, Vec<Shortage>> {
    let mut used = quota.used.clone();
    let mut shortages = Vec::new();
    for (name, amount) in requested {
        let before = quota.used.get(name);
        let after = before.map_or_else(|| amount.clone(), |before| before + amount);
        if let Some(hard) = quota.status_hard.get(name).filter(|hard| after > **hard) {
            shortages.push(Shortage {
                quota: quota.name.clone(),
                resource: name.clone(),
                requested: amount.clone(),
                used: before.cloned().unwrap_or_default(),
                hard: hard.clone(),
            });
        }
        // As the server reads it back once the status is stored.
        used.insert(name.clone(), Quantity::parse(&after.text()).unwrap_or(after));
    }
    if shortages.is_empty() { Ok(used) } else { Err(shortages) }
}

fn exceeded(object: &Object, quota: &QuotaFacts, shortages: Vec<Shortage>) -> Refusal {
    let print = |amount: fn(&Shortage) -> &Quantity| {
        let pairs = shortages.iter().map(|shortage| format!("{}={}", shortage.resource, amount(shortage)));
        pairs.collect::<Vec<_>>().join(",")
    };
    let message = object.forbidden(&format!(
        "exceeded quota: {}, requested: {}, used: {}, limited: {}",
        quota.name,
        print(|shortage| &shortage.requested),
        print(|shortage| &shortage.used),
        print(|shortage| &shortage.hard),
    ));
    Refusal::quota(&quota.name, message, shortages)
}
