//! Quotas, LimitRanges and classes among the manifests take effect.

use serde_json::Value;

use super::{ClusterSnapshot, UncountedQuota, class_objects};
use crate::{
    admission::{limit_range::LimitRangeFacts, quota_facts::QuotaFacts, simulator::Simulator},
    manifest::Manifest,
};

impl ClusterSnapshot {
    /// Applies the quota, the LimitRange or the class that a manifest creates to the objects after it.
    pub fn activate(&mut self, manifest: &Manifest, simulator: &mut Simulator) {
        let (value, name) = (&manifest.value, &manifest.name);
        match manifest.kind.kind.as_str() {
            "LimitRange" if manifest.kind.group.is_empty() => {
                let mut with_namespace = value.clone();
                with_namespace["metadata"]["namespace"] = Value::from(manifest.namespace.clone());
                let range = serde_json::from_value(with_namespace)
                    .ok()
                    .and_then(|range| LimitRangeFacts::new(&range).ok());
                if let Some(range) = range {
                    let rules = simulator.namespaces.entry(manifest.namespace.clone()).or_default();
                    let ranges = rules.limit_ranges_mut();
                    ranges.retain(|present| present.name != *name);
                    ranges.push(range);
                }
            }
            "ResourceQuota" if manifest.kind.group.is_empty() => {
                simulator.enforce(&manifest.namespace, name);
                let counts = self.object_counts.get(&manifest.namespace);
                let quota = QuotaFacts::from_manifest(value, &manifest.namespace).ok();
                let uncounted = counts.zip(quota).map(|(counts, quota)| counts.uncounted_resources(&quota));
                if let Some(uncounted) = uncounted.filter(|resources| !resources.is_empty()) {
                    let uncounted = UncountedQuota { quota: name.clone(), resources: uncounted };
                    self.uncounted.entry(manifest.namespace.clone()).or_default().push(uncounted);
                }
            }
            "ServiceAccount" if manifest.kind.group.is_empty() => {
                if let Some(rules) = simulator.namespaces.get_mut(&manifest.namespace) {
                    rules.missing_service_accounts.remove(name);
                }
            }
            "Namespace" if manifest.kind.group.is_empty() => {
                self.activate_namespace(name, value, simulator);
            }
            "PriorityClass" => {
                if let Some(known) = &mut simulator.cluster_facts.priority_classes {
                    known.extend(class_objects::priority([value]));
                }
            }
            "StorageClass" => {
                if let Some(known) = &mut simulator.cluster_facts.storage_classes {
                    known.extend(class_objects::storage([value]));
                }
            }
            "DeviceClass" => {
                if let Some(known) = &mut simulator.cluster_facts.device_classes {
                    known.extend(class_objects::device([value]));
                }
            }
            "RuntimeClass" => {
                if let (Some(known), Ok(new)) =
                    (&mut simulator.cluster_facts.runtime_classes, class_objects::runtime([value]))
                {
                    known.extend(new);
                }
            }
            _ => {}
        }
    }
}
