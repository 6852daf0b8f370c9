//! What HorizontalPodAutoscalers, and then the Deployment controller, are about to scale. The pods that are missing by then
//! are explained as well: a minimum above `spec.replicas` holds within seconds, metrics or not.

use serde_json::Value;
use shared::{
    manifest::json::number,
    workload::{Strategy, autoscaler::with_min_replicas, owner::Owner},
};

use super::{
    missing_pods::manifest,
    namespace_snapshot::{NamespaceSnapshot, controller, kind, metadata_text},
    rollouts::replica_sets,
};

/// A workload that its autoscaler is about to scale up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaledUp {
    /// The workload.
    pub workload: Owner,
    /// Its `spec.replicas`.
    pub replicas: usize,
    /// The `spec.minReplicas` of its autoscaler.
    pub min_replicas: usize,
}

impl ScaledUp {
    /// Returns what is about to happen, in a sentence.
    pub fn sentence(&self) -> String {
        let Self { workload, replicas, min_replicas } = self;
        format!(
            "a HorizontalPodAutoscaler of {workload} demands {min_replicas} replicas at least: it scales it up from {replicas}"
        )
    }
}

/// Gives the workloads of a namespace, and the subject, as many replicas as their autoscalers demand at least, and the
/// ReplicaSets of Deployments what these are about to scale them to.
pub fn scale_to_minima(subject: Option<&mut Value>, snapshot: &mut NamespaceSnapshot) {
    if snapshot.autoscalers.iter().all(Vec::is_empty) {
        return;
    }
    let autoscalers = snapshot.autoscalers.take();
    let mut workloads = std::mem::take(&mut snapshot.workloads);
    let (mut scaled, mut deployments) = (Vec::new(), Vec::new());
    for workload in subject.into_iter().chain(&mut workloads) {
        let before = manifest(workload, snapshot);
        let Some(after) = with_min_replicas(&before, autoscalers.iter().flatten()) else { continue };
        scaled.push(ScaledUp {
            workload: Owner::itself(workload),
            replicas: number(&workload["spec"]["replicas"], 1),
            min_replicas: number(&after.value["spec"]["replicas"], 1),
        });
        *workload = after.value;
        if kind(workload) == "Deployment" {
            deployments.push(workload.clone());
        }
    }
    snapshot.autoscalers = autoscalers;
    snapshot.workloads = workloads;
    snapshot.scaled_up = scaled;
    for deployment in &deployments {
        scale_replica_sets(deployment, snapshot);
    }
}

/// Scales the ReplicaSets of a Deployment to its `spec.replicas`, as its controller does.
fn scale_replica_sets(deployment: &Value, snapshot: &mut NamespaceSnapshot) {
    let Some(mut sets) = replica_sets(deployment, snapshot) else { return };
    let replicas = number(&deployment["spec"]["replicas"], 1);
    sets.scale(replicas, Strategy::for_deployment(deployment, replicas));
    let owner = (kind(deployment), metadata_text(deployment, "name"));
    for set in sets.old.iter().chain(&sets.new) {
        let is_it = |one: &&mut Value| {
            kind(one) == "ReplicaSet"
                && controller(one) == Some(owner)
                && metadata_text(one, "name") == set.name
        };
        if let Some(found) = snapshot.workloads.iter_mut().find(is_it) {
            found["spec"]["replicas"] = Value::from(set.replicas);
        }
    }
}
