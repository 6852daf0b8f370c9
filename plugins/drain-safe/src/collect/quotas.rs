//! ResourceQuotas and LimitRanges, which delay or refuse replacements.

use std::collections::BTreeMap;

use shared::{
    Result,
    admission::{NamespaceFacts, limit_range::LimitRangeFacts, quota_facts::QuotaFacts},
    client::{
        Client, ListOptions, Scope,
        incomplete::{Skipped, unless_forbidden},
    },
    model::{LimitRange, ResourceQuota},
};

use crate::plan::Facts;

/// What was read of quotas.
#[derive(Debug, Default)]
pub struct Quotas {
    by_namespace: BTreeMap<String, NamespaceFacts>,
    is_complete: bool,
    skipped: Vec<Skipped>,
}

/// Reads all quotas, and the LimitRanges if there are any.
///
/// # Errors
/// Errors other than a refusal, and quotas that no server would have accepted.
pub async fn read(client: &Client, _facts: &Facts) -> Result<Quotas> {
    let options = ListOptions::default();
    let mut skipped = Vec::new();
    let quotas = client.list_all::<ResourceQuota>(&Scope::All, &options).await;
    let quotas = unless_forbidden(quotas, &mut skipped, "list", "resourcequotas", "")?;
    let is_complete = quotas.is_some();
    let ranges = match &quotas {
        Some(quotas) if !quotas.is_empty() => {
            let ranges = client.list_all::<LimitRange>(&Scope::All, &options).await;
            unless_forbidden(ranges, &mut skipped, "list", "limitranges", "")?.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    Ok(Quotas { by_namespace: by_namespace(quotas.unwrap_or_default(), &ranges)?, is_complete, skipped })
}

/// Sorts quotas and LimitRanges by namespace.
///
/// # Errors
/// Quantities that can't be read, which only a dump can hold.
pub fn by_namespace(
    quotas: Vec<ResourceQuota>,
    ranges: &[LimitRange],
) -> Result<BTreeMap<String, NamespaceFacts>> {
    let mut namespaces: BTreeMap<String, NamespaceFacts> = BTreeMap::new();
    for quota in quotas {
        let quota = QuotaFacts::new(quota)?;
        namespaces.entry(quota.namespace.clone()).or_default().quotas.push(quota);
    }
    for range in ranges {
        let range = LimitRangeFacts::new(range)?;
        namespaces.entry(range.namespace.clone()).or_default().limit_ranges.push(range);
    }
    Ok(namespaces)
}

/// Adds what was read.
pub fn add(quotas: Quotas, facts: &mut Facts) {
    facts.quotas = quotas.by_namespace;
    facts.has_all_quotas = quotas.is_complete;
    facts.skipped.extend(quotas.skipped);
}
