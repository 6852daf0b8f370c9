//! Objects that hold what quotas count, and whose they are.

use std::collections::BTreeMap;

use shared::{
    admission::{evaluator::usage, matches, object::Object, quota_facts::QuotaFacts},
    quantity::Quantity,
    workload::owner::Owner,
};

use super::explanation::Holder;

/// An object that is there.
#[derive(Clone, Debug)]
pub struct QuotaConsumer {
    /// Whose it is: its top controller, or itself.
    pub owner: Owner,
    /// The object.
    pub object: Object,
    /// Whether nothing would miss it: a finished pod or Job, a ReplicaSet without pods.
    pub reclaimable: bool,
}

/// What is held of one resource of a quota, the largest part first.
pub fn holders(quota: &QuotaFacts, resource: &str, consumers: &[QuotaConsumer]) -> Vec<Holder> {
    let mut parts: BTreeMap<&Owner, (usize, Quantity)> = BTreeMap::new();
    for one in consumers.iter().filter(|one| matches(quota, &one.object)) {
        let usage = usage(&one.object);
        let Some(amount) = usage.get(resource).filter(|amount| !amount.is_zero()) else { continue };
        let (objects, used) = parts.entry(&one.owner).or_insert((0, Quantity::ZERO));
        *objects += 1;
        *used += amount;
    }
    let total = quota.used.get(resource).cloned().unwrap_or_default();
    let unit = quota.status_hard.get(resource).cloned().unwrap_or_default();
    let mut holders: Vec<_> = parts
        .into_iter()
        .map(|(owner, (objects, used))| Holder {
            quota: quota.name.clone(),
            resource: resource.to_owned(),
            owner: owner.clone(),
            objects,
            share: Holder::share_of(&used, &total),
            used: used.in_format_of(&unit),
        })
        .collect();
    holders.sort_by(|one, other| other.used.cmp(&one.used).then_with(|| one.owner.cmp(&other.owner)));
    holders
}

/// A message where the server counts other than what is there.
pub fn difference(quota: &QuotaFacts, resource: &str, holders: &[Holder]) -> Option<String> {
    let counted = quota.used.get(resource)?;
    let found: Quantity = holders.iter().map(|holder| &holder.used).sum();
    let found = found.in_format_of(counted);
    (found != *counted).then(|| {
        format!(
            "quota {}: {resource} is counted as {counted}, and what is there adds up to {found}",
            quota.name
        )
    })
}
