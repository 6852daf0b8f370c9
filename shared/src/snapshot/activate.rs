//! Rules among the manifests come into force.

use serde_json::Value;

use super::{ClusterSide, classes};
use crate::{
    admission::{limit_range::LimitRangeFacts, quota_facts::QuotaFacts, simulator::Ledger},
    manifest::Manifest,
};

/// Rules that a manifest brings hold for the objects after it.
pub fn come_into_force(manifest: &Manifest, side: &mut ClusterSide, ledger: &mut Ledger) {
    let (value, name) = (&manifest.value, &manifest.name);
    match manifest.kind.kind.as_str() {
        "LimitRange" if manifest.kind.group.is_empty() => {
            let mut with_namespace = value.clone();
            with_namespace["metadata"]["namespace"] = Value::from(manifest.namespace.clone());
            let range = serde_json::from_value(with_namespace)
                .ok()
                .and_then(|range| LimitRangeFacts::of(&range).ok());
            if let Some(range) = range {
                let ranges =
                    &mut ledger.namespaces.entry(manifest.namespace.clone()).or_default().limit_ranges;
                ranges.retain(|present| present.name != *name);
                ranges.push(range);
            }
        }
        "ResourceQuota" if manifest.kind.group.is_empty() => {
            ledger.enforce(&manifest.namespace, name);
            let census = side.censuses.get(&manifest.namespace);
            let quota = QuotaFacts::of_manifest(value, &manifest.namespace).ok();
            let gaps = census.zip(quota).map(|(census, quota)| census.gaps(&quota));
            if let Some(gaps) = gaps.filter(|gaps| !gaps.is_empty()) {
                let why = format!("how many {} there are is not known to quota {name}", gaps.join(", "));
                side.uncounted.entry(manifest.namespace.clone()).or_insert(why);
            }
        }
        "PriorityClass" => {
            if let Some(known) = &mut ledger.classes.priority {
                known.extend(classes::priority([value]));
            }
        }
        "StorageClass" => {
            if let Some(known) = &mut ledger.classes.storage {
                known.extend(classes::storage([value]));
            }
        }
        "RuntimeClass" => {
            if let (Some(known), Ok(new)) = (&mut ledger.classes.runtime, classes::runtime([value])) {
                known.extend(new);
            }
        }
        _ => {}
    }
}
