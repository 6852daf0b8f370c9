//! Whether a change of resources gets everything admitted.

use serde_json::Value;
use shared::{
    admission::simulator::Simulator,
    manifest::{Manifest, json::number},
    model::kind::kind_of,
    workload::{Strategy, roll_out},
};

use super::change::ResourceChange;
use crate::commands::explain::{
    missing_pods::{MissingObjects, MissingPods, active_pods},
    namespace_snapshot::{NamespaceSnapshot, kind},
    simulate::{is_complete, simulate},
    simulated_workload::SimulatedWorkload,
};

/// Returns whether all pods are admitted with this change, a rollout of it included.
pub(super) fn helps(
    change: &ResourceChange,
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> bool {
    let is_cron_job = kind(simulated.subject) == "CronJob";
    if kind(simulated.subject) == "Deployment" {
        let deployment = change.applied_to(simulated.subject, false);
        return rolls_out(&deployment, simulated, snapshot, rules);
    }
    let missing_pods = simulated.missing_pods.iter().map(|missing| MissingPods {
        objects: match &missing.objects {
            MissingObjects::Pods(workload, pods) => {
                let value = change.applied_to(&workload.value, is_cron_job);
                MissingObjects::Pods(Box::new(Manifest { value, ..(**workload).clone() }), pods.clone())
            }
            object => object.clone(),
        },
        ..missing.clone()
    });
    is_complete(&simulate(&missing_pods.collect::<Vec<_>>(), &snapshot.cluster, &mut rules.clone()))
}

/// Returns whether a rollout of the changed Deployment replaces all pods that exist and creates those that are missing.
fn rolls_out(
    deployment: &Value,
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> bool {
    let pods = |set: &Value| active_pods(set, snapshot, &set["status"]["replicas"]);
    let sets: Vec<_> = snapshot.controlled_by(simulated.subject, "ReplicaSet").collect();
    let before: usize = sets.iter().map(|set| pods(set)).sum();
    let present = sets.into_iter().max_by_key(|set| pods(set)).unwrap_or(simulated.subject);
    let wanted = number(&deployment["spec"]["replicas"], 1);
    let strategy = Strategy::for_deployment(deployment, wanted);
    let kind = kind_of("apps", "Deployment", "deployments");
    let manifest = Manifest::from_object(deployment.clone(), kind, &snapshot.namespace);
    let creation = roll_out(&manifest, present, (before, wanted), strategy, &mut rules.clone());
    creation
        .is_ok_and(|creation| creation.refusals.is_empty() && creation.pods.admitted == creation.pods.wanted)
}
