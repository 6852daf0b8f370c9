//! HorizontalPodAutoscalers of a workload.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use shared::workload::autoscaler::max_replicas_for;

use super::TargetWorkload;

/// HorizontalPodAutoscaler, and whether quotas let it reach maxReplicas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Autoscaler {
    /// The name.
    pub name: String,
    /// `spec.maxReplicas`.
    pub max_replicas: usize,
    /// Whether quotas admit that many pods.
    pub reachable: bool,
}

/// Returns the autoscalers of the workload, of which at most `max_pods` fit; any number if `None`.
pub fn autoscalers(target: &TargetWorkload, max_pods: Option<usize>) -> Vec<Autoscaler> {
    let found = autoscaler_maxima(target).into_iter();
    found
        .map(|(name, max_replicas)| Autoscaler {
            name,
            max_replicas,
            reachable: max_pods.is_none_or(|max_pods| max_replicas <= max_pods),
        })
        .collect()
}

/// Returns name and maxReplicas of each autoscaler that targets the workload.
pub fn autoscaler_maxima(target: &TargetWorkload) -> Vec<(String, usize)> {
    let manifest = &target.manifest;
    let read = |one: &Value| {
        let max_replicas = max_replicas_for(one, &manifest.kind.kind, &manifest.name)?;
        Some((one["metadata"]["name"].as_str().unwrap_or_default().to_owned(), max_replicas))
    };
    target.autoscalers.iter().filter_map(read).collect()
}
