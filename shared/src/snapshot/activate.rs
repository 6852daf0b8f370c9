//! Rules among the manifests come into force.

use serde_json::Value;

use super::{ClusterSnapshot, class_objects};
use crate::{
    admission::{limit_range::LimitRangeFacts, quota_facts::QuotaFacts, simulator::Simulator},
    manifest::Manifest,
};

/// Rules that a manifest brings hold for the objects after it.
pub fn activate(manifest: &Manifest, snapshot: &mut ClusterSnapshot, simulator: &mut Simulator) {
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
                    &mut simulator.namespaces.entry(manifest.namespace.clone()).or_default().limit_ranges;
                ranges.retain(|present| present.name != *name);
                ranges.push(range);
            }
        }
        "ResourceQuota" if manifest.kind.group.is_empty() => {
            simulator.enforce(&manifest.namespace, name);
            let counts_of_namespace = snapshot.object_counts.get(&manifest.namespace);
            let quota = QuotaFacts::of_manifest(value, &manifest.namespace).ok();
            let uncounted_resources = counts_of_namespace
                .zip(quota)
                .map(|(counts_of_namespace, quota)| counts_of_namespace.uncounted_resources(&quota));
            if let Some(uncounted_resources) =
                uncounted_resources.filter(|uncounted_resources| !uncounted_resources.is_empty())
            {
                let why = format!(
                    "how many {} there are is not known to quota {name}",
                    uncounted_resources.join(", ")
                );
                snapshot.uncounted.entry(manifest.namespace.clone()).or_insert(why);
            }
        }
        "PriorityClass" => {
            if let Some(known) = &mut simulator.classes.priority {
                known.extend(class_objects::priority([value]));
            }
        }
        "StorageClass" => {
            if let Some(known) = &mut simulator.classes.storage {
                known.extend(class_objects::storage([value]));
            }
        }
        "RuntimeClass" => {
            if let (Some(known), Ok(new)) = (&mut simulator.classes.runtime, class_objects::runtime([value]))
            {
                known.extend(new);
            }
        }
        _ => {}
    }
}
