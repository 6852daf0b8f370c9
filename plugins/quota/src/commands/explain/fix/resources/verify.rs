//! Whether a change of resources gets everything admitted.

use serde_json::Value;
use shared::{
    admission::simulator::Simulator,
    manifest::{Manifest, json::number},
    model::kind::kind_of,
    workload::{self, Strategy, roll_out},
};

use super::change::ResourceChange;
use crate::commands::explain::{
    missing_pods::{MissingObjects, MissingPods, active_pods, manifest},
    namespace_snapshot::{NamespaceSnapshot, kind},
    rollouts::PendingRollout,
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
    if matches!(kind(simulated.subject), "StatefulSet" | "DaemonSet") {
        let changed = change.applied_to(simulated.subject, false);
        return replaces_all(&changed, simulated, snapshot, rules);
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

/// Returns whether a changed StatefulSet or DaemonSet gets its ControllerRevision, its missing pods, and new pods in place
/// of those that exist.
fn replaces_all(
    changed: &Value,
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> bool {
    let changed_pods = |missing: &MissingPods| match &missing.objects {
        MissingObjects::Pods(workload, pods) => {
            let manifest = Manifest { value: changed.clone(), ..(**workload).clone() };
            Some(MissingObjects::Pods(Box::new(manifest), pods.clone()))
        }
        MissingObjects::Claims(_) => Some(missing.objects.clone()),
        MissingObjects::Object(_) | MissingObjects::Rollout(_) => None,
    };
    let revision =
        workload::child(&manifest(changed, snapshot)).map(|child| MissingObjects::Object(Box::new(child)));
    let rollout = PendingRollout::new(changed, simulated.subject, snapshot)
        .map(|rollout| MissingObjects::Rollout(Box::new(rollout)));
    let objects: Vec<_> = match rollout {
        Some(rollout) => {
            let claims = simulated.missing_pods.iter().filter(|missing| missing.are_claims());
            revision.into_iter().chain([rollout]).chain(claims.filter_map(changed_pods)).collect()
        }
        None => revision.into_iter().chain(simulated.missing_pods.iter().filter_map(changed_pods)).collect(),
    };
    let missing = objects.into_iter().map(|objects| MissingPods {
        controller: simulated.subject,
        wanted: 0,
        present: 0,
        objects,
    });
    is_complete(&simulate(&missing.collect::<Vec<_>>(), &snapshot.cluster, &mut rules.clone()))
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
    let creation = roll_out(
        &manifest,
        present,
        (before, wanted),
        strategy,
        snapshot.cluster.objects(),
        &mut rules.clone(),
    );
    creation
        .is_ok_and(|creation| creation.refusals.is_empty() && creation.pods.admitted == creation.pods.wanted)
}
