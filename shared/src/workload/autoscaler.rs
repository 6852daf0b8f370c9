//! HorizontalPodAutoscalers: which workload they target, and their maximum.

use serde_json::Value;

use crate::model::kind::{Kind, kind_of};

/// Returns the kind of a HorizontalPodAutoscaler.
pub fn autoscaler_kind() -> Kind {
    let kind = kind_of("autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    Kind { version: "v2".to_owned(), ..kind }
}

/// Returns the `maxReplicas` of a HorizontalPodAutoscaler for this workload; `None` if it targets another one.
pub fn max_replicas_for(autoscaler: &Value, kind: &str, name: &str) -> Option<usize> {
    let target = &autoscaler["spec"]["scaleTargetRef"];
    let is_target = target["kind"] == *kind && target["name"] == *name;
    let max = autoscaler["spec"]["maxReplicas"].as_u64().unwrap_or(0);
    is_target.then(|| usize::try_from(max).unwrap_or(usize::MAX))
}
