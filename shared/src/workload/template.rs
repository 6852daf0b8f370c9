//! The pod template of a workload, and which workloads create pods from it.

use serde_json::Value;

use crate::model::kind::Kind;

/// Returns the pod template of a workload.
pub fn template<'a>(kind: &str, workload: &'a Value) -> &'a Value {
    match kind {
        "CronJob" => &workload["spec"]["jobTemplate"]["spec"]["template"],
        _ => &workload["spec"]["template"],
    }
}

/// Returns whether a Deployment is paused.
pub fn is_paused(kind: &str, workload: &Value) -> bool {
    kind == "Deployment" && workload["spec"]["paused"] == true
}

/// Returns whether the number of its pods depends on the nodes.
pub fn runs_on_every_node(kind: &Kind) -> bool {
    kind.is("apps", "DaemonSet")
}

/// Returns whether a custom resource has what looks like the containers of a pod: some controller will create pods
/// from it.
pub fn looks_like_a_workload(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            let containers = name == "containers"
                && value.as_array().is_some_and(|all| all.iter().any(|one| one["image"].is_string()));
            containers || looks_like_a_workload(value)
        }),
        Value::Array(items) => items.iter().any(looks_like_a_workload),
        _ => false,
    }
}
