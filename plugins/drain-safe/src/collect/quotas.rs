//! ResourceQuotas and LimitRanges, which delay or refuse replacements.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Result,
    admission::{NamespaceFacts, limit_range::LimitRangeFacts, quota_facts::QuotaFacts},
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::json::{number, text},
    model::{
        LimitRange, ResourceQuota,
        kind::{kind_of, replica_set_kind},
    },
};

use crate::facts::{Facts, MissingPods};

/// What was read of quotas.
#[derive(Debug, Default)]
pub struct Quotas {
    by_namespace: BTreeMap<String, NamespaceFacts>,
    missing: BTreeMap<String, MissingPods>,
    is_complete: bool,
    skipped: Vec<Skipped>,
}

/// Reads all quotas, and the LimitRanges if there are any.
///
/// # Errors
/// Errors other than a refusal, and quotas that no server would have accepted.
pub async fn read(client: &Client, facts: &Facts) -> Result<Quotas> {
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
    let by_namespace = by_namespace(quotas.unwrap_or_default(), &ranges)?;
    let leaving = facts.pods.iter().filter(|pod| facts.is_target(&pod.spec.node_name));
    let namespaces: BTreeSet<_> = leaving
        .map(|pod| pod.metadata.namespace.clone())
        .filter(|namespace| by_namespace.get(namespace).is_some_and(|rules| !rules.quotas.is_empty()))
        .collect();
    let asked = namespaces.iter().flat_map(|namespace| {
        let kinds = [replica_set_kind(), kind_of("apps", "StatefulSet", "statefulsets")];
        kinds.map(|kind| (namespace.clone(), kind))
    });
    let listed = client.bounded(asked.collect::<Vec<_>>(), |(namespace, kind)| async move {
        let found = dynamic_list::objects(client, &kind, &namespace, &ListOptions::default()).await;
        (namespace, kind, found)
    });
    let mut missing: BTreeMap<String, MissingPods> = BTreeMap::new();
    for (namespace, kind, found) in listed.await {
        let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), &namespace)?;
        let of_namespace = missing.entry(namespace).or_default();
        for set in found.iter().flatten() {
            note_missing(of_namespace, &kind.kind, set);
        }
    }
    Ok(Quotas { by_namespace, missing, is_complete, skipped })
}

/// Notes how many pods a ReplicaSet or a StatefulSet wants and does not have.
pub fn note_missing(missing: &mut MissingPods, kind: &str, set: &Value) {
    let pods = number(&set["spec"]["replicas"], 1).saturating_sub(number(&set["status"]["replicas"], 0));
    if pods > 0 {
        missing.insert((kind.to_owned(), text(&set["metadata"]["name"]).to_owned()), pods);
    }
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
    facts.missing = quotas.missing;
    facts.has_all_quotas = quotas.is_complete;
    facts.skipped.extend(quotas.skipped);
}
