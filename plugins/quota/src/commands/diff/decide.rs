//! Compares the quotas of two dumps.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{Result, admission::quota_facts::QuotaFacts, model::ResourceQuota, quantity::Quantity};

/// Limit and use of one resource at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Amounts {
    /// The enforced limit, or the wanted one where nothing is enforced yet.
    pub hard: Quantity,
    /// The recorded use; `None` where the server has none.
    pub used: Option<Quantity>,
}

/// One resource of one quota in both dumps. Keys of its JSON are added to, never renamed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The namespace.
    pub namespace: String,
    /// The quota.
    pub quota: String,
    /// The resource.
    pub resource: String,
    /// What the earlier dump has; `None` where it has no such limit.
    pub before: Option<Amounts>,
    /// What the later dump has.
    pub after: Option<Amounts>,
    /// The difference of what is used; `None` where one of them is not known.
    pub used_change: Option<Quantity>,
    /// The difference of the limits; `None` where one of the dumps has none.
    pub hard_change: Option<Quantity>,
}

impl Row {
    /// Returns whether anything differs.
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}

type Key = (String, String, String);

/// Returns a row for each resource of each quota of either dump, in the order of names.
///
/// # Errors
/// A quantity that can't be parsed.
pub fn rows(before: Vec<ResourceQuota>, after: Vec<ResourceQuota>) -> Result<Vec<Row>> {
    let (mut before, mut after) = (amounts(before)?, amounts(after)?);
    let mut keys: Vec<Key> = before.keys().chain(after.keys()).cloned().collect();
    keys.sort();
    keys.dedup();
    let row = |key: Key| {
        let (before, after) = (before.remove(&key), after.remove(&key));
        let both = before.as_ref().zip(after.as_ref());
        let used = both.and_then(|(before, after)| before.used.as_ref().zip(after.used.as_ref()));
        let change = |(before, after): (&Quantity, &Quantity)| (after - before).in_format_of(after);
        let (namespace, quota, resource) = key;
        Row {
            namespace,
            quota,
            resource,
            used_change: used.map(change),
            hard_change: both.map(|(before, after)| change((&before.hard, &after.hard))),
            before,
            after,
        }
    };
    Ok(keys.into_iter().map(row).collect())
}

fn amounts(quotas: Vec<ResourceQuota>) -> Result<BTreeMap<Key, Amounts>> {
    let mut all = BTreeMap::new();
    for quota in quotas {
        let QuotaFacts { namespace, name, spec_hard, status_hard, mut used, .. } = QuotaFacts::new(quota)?;
        // What is enforced counts where both are there.
        for (resource, hard) in spec_hard.into_iter().chain(status_hard) {
            let used = used.remove(&resource);
            let entry = all.entry((namespace.clone(), name.clone(), resource));
            let known = entry.or_insert(Amounts { hard: hard.clone(), used: None });
            known.hard = hard;
            known.used = used.or(known.used.take());
        }
    }
    Ok(all)
}
