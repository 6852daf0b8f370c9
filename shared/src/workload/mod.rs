//! What workloads make, in the order their controllers make it.

pub mod autoscaler;
pub mod claim_templates;
pub mod cluster_objects;
pub mod controller;
pub mod daemon_nodes;
pub mod job;
pub mod missing_pods;
pub mod owner;
mod paused;
pub mod pod_counts;
pub mod pod_creation;
mod replica_sets;
pub mod retry;
pub mod rollout_state;
pub mod strategy;

use serde_json::Value;

use super::manifest::Manifest;

pub use cluster_objects::ClusterObjects;
pub use missing_pods::{PodsToCreate, create_missing_pods};
pub use paused::is_paused;
pub use pod_counts::{PodCounts, at_once};
pub use pod_creation::{PodCreation, Pods, Start, create_pods, job_pods, roll, roll_on};
pub use replica_sets::{ReplicaSets, is_of_template, is_rolled_out};
pub use rollout_state::RolloutState;
pub use strategy::Strategy;

/// Where the template of a workload stands, as the server's validation names it; `None` for what has none.
pub fn template_path(group: &str, kind: &str) -> Option<&'static str> {
    match (group, kind) {
        ("apps", "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
        | ("batch", "Job")
        | ("", "ReplicationController") => Some("spec.template.spec"),
        ("batch", "CronJob") => Some("spec.jobTemplate.spec.template.spec"),
        _ => None,
    }
}

/// The template of a workload.
pub fn template<'a>(kind: &str, workload: &'a Value) -> &'a Value {
    match kind {
        "CronJob" => &workload["spec"]["jobTemplate"]["spec"]["template"],
        _ => &workload["spec"]["template"],
    }
}

/// Whether its pods depend on the nodes.
pub fn makes_daemons(manifest: &Manifest) -> bool {
    manifest.kind.is("apps", "DaemonSet")
}

/// Whether a custom resource has what looks like a pod's containers somewhere: something will make pods of it.
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

/// A whole number of a spec, never below zero.
pub fn number(value: &Value, default: usize) -> usize {
    value.as_i64().map_or(default, |number| usize::try_from(number).unwrap_or(0))
}
