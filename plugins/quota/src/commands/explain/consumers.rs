//! Objects that quotas charge, by the workload they belong to.

use std::collections::BTreeMap;

use shared::{
    admission::{evaluator::usage, matches, object::Object, quota_facts::QuotaFacts},
    quantity::Quantity,
    workload::owner::Owner,
};

use super::{
    explanation::{Holder, Row},
    namespace_snapshot::NamespaceSnapshot,
};

/// An existing object that quotas charge.
#[derive(Clone, Debug)]
pub struct QuotaConsumer {
    /// Its top controller, or the object itself.
    pub owner: Owner,
    /// The object.
    pub object: Object,
    /// Whether it can be deleted without a loss: a finished pod or Job, a ReplicaSet without pods.
    pub reclaimable: bool,
    /// Whether its owner is known to have no controller, which would undo a change of the owner's replicas.
    pub scalable: bool,
}

/// Returns who uses a resource of a quota, the largest consumer first.
pub fn holders(quota: &QuotaFacts, resource: &str, consumers: &[QuotaConsumer]) -> Vec<Holder> {
    let mut parts: BTreeMap<(&Owner, bool), (usize, Quantity)> = BTreeMap::new();
    for one in consumers.iter().filter(|one| matches(quota, &one.object)) {
        let usage = usage(&one.object);
        let Some(amount) = usage.get(resource).filter(|amount| !amount.is_zero()) else { continue };
        let (objects, used) = parts.entry((&one.owner, one.reclaimable)).or_insert((0, Quantity::ZERO));
        *objects += 1;
        *used += amount;
    }
    let total = quota.used.get(resource).cloned().unwrap_or_default();
    let unit = quota.status_hard.get(resource).cloned().unwrap_or_default();
    let mut holders: Vec<_> = parts
        .into_iter()
        .map(|((owner, finished), (objects, used))| Holder {
            quota: quota.name.clone(),
            resource: resource.to_owned(),
            owner: owner.clone(),
            finished,
            objects,
            share: Holder::share_of(&used, &total),
            used: used.in_format_of(&unit),
        })
        .collect();
    holders.sort_by(|one, other| other.used.cmp(&one.used).then_with(|| one.owner.cmp(&other.owner)));
    holders
}

/// Returns who uses what these rows are short of, and notes where the quota's status disagrees with the objects.
pub fn holders_of_shortages(
    rows: &[Row],
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> (Vec<Holder>, Vec<String>) {
    let mut short: Vec<(&str, &str)> =
        rows.iter().filter_map(|row| Some((row.quota.as_deref()?, row.resource.as_deref()?))).collect();
    short.sort_unstable();
    short.dedup();
    let quotas = snapshot.cluster.namespaces.get(&snapshot.namespace).map(|rules| rules.quotas.as_slice());
    let (mut all, mut notes) = (Vec::new(), Vec::new());
    for (name, resource) in short {
        let Some(quota) = quotas.unwrap_or_default().iter().find(|quota| quota.name == name) else {
            continue;
        };
        let holders = holders(quota, resource, consumers);
        // No holders: the objects could not be listed, so there is nothing to compare with.
        if !holders.is_empty() {
            notes.extend(usage_mismatch(quota, resource, &holders));
        }
        all.extend(holders);
    }
    (all, notes)
}

/// Returns a sentence where the quota's status differs from the sum of the existing objects.
fn usage_mismatch(quota: &QuotaFacts, resource: &str, holders: &[Holder]) -> Option<String> {
    let recorded = quota.used.get(resource)?;
    let counted: Quantity = holders.iter().map(|holder| &holder.used).sum();
    let counted = counted.in_format_of(recorded);
    (counted != *recorded).then(|| {
        format!(
            "quota {}: {resource} is recorded as {recorded}, but the existing objects add up to {counted}",
            quota.name
        )
    })
}
