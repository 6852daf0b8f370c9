//! Creates what the controller of a workload would create once the workload is admitted.

use serde_json::Value;

use super::{
    PodCounts, PodCreation, ReplicaSets, RolloutState, Strategy,
    cluster_objects::ClusterObjects,
    controller::ControllerSimulation,
    daemon_nodes,
    deletion::is_being_deleted,
    is_rolled_out, job, paused,
    pod_counts::lacks_set,
    revisions::{as_its_pods_are, has_revision_of},
    stateful_set,
    template::{is_paused, template},
};
use crate::{
    admission::{server_verdict::PodVerdict, simulator::Simulator},
    manifest::{Manifest, json::number},
};

/// Creates everything that a workload's controller creates once the workload is admitted. `old` is the workload before,
/// `server_verdict` what a dry run said of one of its pods.
///
/// # Errors
/// A template that the server can't decode, with its message.
pub fn create_pods(
    manifest: &Manifest,
    old: Option<&Value>,
    objects: ClusterObjects,
    simulator: &mut Simulator,
    server_verdict: PodVerdict,
) -> Result<PodCreation, String> {
    if let Some(old) = old.filter(|old| is_being_deleted(old)) {
        let kind = &manifest.kind.kind;
        let assumed = number(&old["spec"]["replicas"], 1);
        let pod_counts = PodCounts::from_status(kind, Some(old), false, assumed);
        return Ok(PodCreation { pod_counts, ..PodCreation::default() });
    }
    let replica_sets = old.and_then(|old| ReplicaSets::deciding(manifest, old, objects));
    if let Some(sets) = replica_sets {
        return update_deployment(manifest, old, (objects, &sets), simulator, server_verdict);
    }
    let kind = manifest.kind.kind.as_str();
    let before = old.map(|old| as_its_pods_are(kind, &manifest.namespace, old, objects));
    let has_no_revision = before.as_ref().is_some_and(|before| before.has_no_revision);
    let old = before.as_ref().map(|before| &*before.workload);
    let mut controller = ControllerSimulation::new(manifest, old, objects, simulator, server_verdict)?;
    controller.changed |= has_no_revision;
    let spec = &manifest.value["spec"];
    let replicas = number(&spec["replicas"], 1);
    // Without a ControllerRevision there have never been any pods.
    let assumed = old.filter(|_| !has_no_revision).map_or(0, |old| number(&old["spec"]["replicas"], 1));
    let needs_revision = controller.changed && !has_revision_of(manifest, objects);
    controller.creation.pod_counts = PodCounts::from_status(kind, old, controller.changed, assumed);
    let pod_counts = controller.creation.pod_counts;
    match kind {
        _ if is_paused(kind, &manifest.value) => paused::scale(&mut controller, old, replicas),
        "Deployment" => {
            let needs_set = controller.changed || old.is_some_and(|old| lacks_set(kind, old));
            if needs_set && !controller.create_child() {
                let state = rollout_state(old, pod_counts, replicas);
                controller.go_without_child(
                    state,
                    replicas,
                    Strategy::for_deployment(&manifest.value, replicas),
                );
                return Ok(controller.finish());
            }
            match pod_counts.old {
                0 => controller.create_more(replicas.saturating_sub(pod_counts.new)),
                _ => {
                    let state = rollout_state(old, pod_counts, replicas);
                    controller.replace(state, replicas, Strategy::for_deployment(&manifest.value, replicas));
                }
            }
        }
        "ReplicaSet" | "ReplicationController" => {
            controller.create_more(replicas.saturating_sub(pod_counts.pods()))
        }
        "StatefulSet" => {
            // Without its ControllerRevision the controller goes no further (`getStatefulSetRevisions`).
            if needs_revision && !controller.create_child() {
                controller.creation.pods.wanted = replicas.saturating_sub(pod_counts.new);
                return Ok(controller.finish());
            }
            let missing = stateful_set::create_missing(&mut controller, manifest, objects);
            stateful_set::replace_old(&mut controller, (manifest, objects), replicas, &missing);
            if controller.changed && controller.creation.pods.wanted > 0 {
                controller.creation.doubt =
                    controller.creation.doubt.take().or_else(|| stateful_set::doubt_about_revision(manifest));
            }
        }
        "DaemonSet" => {
            let has_child = !needs_revision || controller.create_child();
            let Some(nodes) = objects.nodes else {
                controller.creation.doubt =
                    Some("the nodes could not be read, so how many pods it makes is unknown".to_owned());
                return Ok(controller.finish());
            };
            let wanted = daemon_nodes::eligible(nodes, template("DaemonSet", &manifest.value));
            let assumed = old
                .filter(|_| !has_no_revision)
                .map_or(0, |old| daemon_nodes::eligible(nodes, template("DaemonSet", old)));
            let pod_counts = PodCounts::from_status(kind, old, controller.changed, assumed);
            controller.creation.pod_counts = pod_counts;
            if !has_child {
                // Neither does that of a DaemonSet (`constructHistory`).
                controller.creation.pods.wanted = wanted.saturating_sub(pod_counts.new);
                return Ok(controller.finish());
            }
            match (pod_counts.old, Strategy::for_daemon_set(&manifest.value, wanted)) {
                (1.., Some(strategy)) => controller.replace(pod_counts.into(), wanted, strategy),
                _ => controller.create_more(wanted.saturating_sub(pod_counts.pods())),
            }
        }
        "Job" if job::other_manager(spec).is_some() => {
            controller.creation.doubt = job::other_manager(spec).map(left_to);
        }
        "Job" => match old.map(|old| &old["status"]) {
            None => controller.create_more(job::parallel_pods(spec)),
            Some(status) => {
                let is_seen = status.as_object().is_some_and(|status| !status.is_empty());
                let active = if is_seen { number(&status["active"], 0) } else { job::parallel_pods(spec) };
                controller.creation.pod_counts = PodCounts { old: 0, new: active };
                let present = active + old.map_or(0, job::awaited_pods);
                controller.create_more(job::wanted_pods(&manifest.value).saturating_sub(present));
            }
        },
        "CronJob" if spec["suspend"] != true => {
            let job = &spec["jobTemplate"]["spec"];
            controller.creation.doubt =
                job::other_manager(job).map(left_to).or(controller.creation.doubt.take());
            match controller.create_child() {
                true => controller.create_more(job::parallel_pods(job)),
                false => controller.creation.pods.wanted = job::parallel_pods(job),
            }
        }
        _ => {}
    }
    Ok(controller.finish())
}

/// Returns why it is not known which pods a Job gets.
fn left_to(manager: &str) -> String {
    format!("`managedBy` leaves the Job to {manager}: only that knows which pods it creates")
}

/// Returns the state of the pods of a Deployment whose ReplicaSets are not known.
fn rollout_state(old: Option<&Value>, pod_counts: PodCounts, replicas: usize) -> RolloutState {
    match old.is_some_and(is_rolled_out) {
        true => RolloutState::of_scaled_update(pod_counts, replicas),
        false => pod_counts.into(),
    }
}

/// Goes on with the rollout of a Deployment in the middle of which its manifest changes, or that was stuck.
fn update_deployment(
    manifest: &Manifest,
    old: Option<&Value>,
    (objects, sets): (ClusterObjects, &ReplicaSets),
    simulator: &mut Simulator,
    server_verdict: PodVerdict,
) -> Result<PodCreation, String> {
    let replicas = number(&manifest.value["spec"]["replicas"], 1);
    let strategy = Strategy::for_deployment(&manifest.value, replicas);
    let replace = |state: RolloutState, simulator: &mut Simulator, server_verdict: PodVerdict| {
        let mut controller = ControllerSimulation::new(manifest, old, objects, simulator, server_verdict)?;
        controller.creation.pod_counts = PodCounts { old: sets.old_pods(), new: sets.new_pods() };
        if sets.new.is_none() && !controller.create_child() {
            controller.go_without_child(state, replicas, strategy);
            return Ok(controller.finish());
        }
        controller.replace(state, replicas, strategy);
        Ok::<_, String>(controller.finish())
    };
    let state = RolloutState::of_replica_sets(sets, replicas, strategy);
    let Some(with_lacking) = state.with_lacking_pods() else {
        return replace(state, simulator, server_verdict);
    };
    // Whether the pods that earlier ReplicaSets lack come first is for the controllers' queues to say.
    let mut trial = simulator.clone();
    let creation = replace(state, &mut trial, server_verdict.clone())?;
    if !creation.refusals.is_empty() {
        *simulator = trial;
        return Ok(creation);
    }
    replace(with_lacking, simulator, server_verdict)
}
