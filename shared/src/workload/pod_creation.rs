//! Makes what a workload makes, and keeps count.

use serde::Serialize;
use serde_json::Value;

use super::{
    PodCounts, RolloutState, Strategy, at_once, claim_templates,
    cluster_objects::ClusterObjects,
    controller::ControllerSimulation,
    daemon_nodes, number,
    paused::{self, is_paused},
    pod_counts::{lacks_set, places},
    template,
};
use crate::{
    admission::{
        Refusal, Shortage, object::Object, read_object::new_object, server_verdict::PodVerdict,
        simulator::Simulator,
    },
    manifest::{Key, Manifest},
};

/// Pods that a workload would make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pods {
    /// How many it wants that are not there yet.
    pub wanted: usize,
    /// How many would be let in.
    pub admitted: usize,
}

/// What came of the objects a workload makes.
#[derive(Clone, Debug, Default)]
pub struct PodCreation {
    /// Its pods.
    pub pods: Pods,
    /// What the server says to the first object it refuses, be it by chance.
    pub refusals: Vec<Refusal>,
    /// Whether that is by chance.
    pub order_dependent: bool,
    /// What quotas lack for the rest.
    pub shortages: Vec<Shortage>,
    /// The pods that are there afterwards.
    pub pod_counts: PodCounts,
    /// What can't be known.
    pub doubt: Option<String>,
    /// Whether pods of the template come only once the workload is resumed.
    pub waits: bool,
}

/// Makes everything that a workload makes once it is let in, where `old` is what was there before, and `opinion` what
/// the server says of one pod of it.
///
/// # Errors
/// A template that the server can't read, in its words.
pub fn create_pods(
    manifest: &Manifest,
    old: Option<&Value>,
    objects: ClusterObjects,
    simulator: &mut Simulator,
    server_verdict: PodVerdict,
) -> Result<PodCreation, String> {
    let mut controller = ControllerSimulation::new(manifest, old, simulator, server_verdict)?;
    let spec = &manifest.value["spec"];
    let replicas = number(&spec["replicas"], 1);
    let kind = manifest.kind.kind.as_str();
    let assumed = old.map_or(0, |old| number(&old["spec"]["replicas"], 1));
    controller.creation.pod_counts = PodCounts::of(kind, old, controller.changed, assumed);
    let pod_counts = controller.creation.pod_counts;
    match kind {
        _ if is_paused(kind, &manifest.value) => paused::scale(&mut controller, old, replicas),
        "Deployment" => {
            let needs_set = controller.changed || old.is_some_and(|old| lacks_set(kind, old));
            if needs_set && !controller.child("apps", "ReplicaSet", "replicasets") {
                controller.creation.pods.wanted = replicas;
                return Ok(controller.finish());
            }
            match pod_counts.old {
                0 => controller.add(replicas.saturating_sub(pod_counts.new)),
                _ => controller.replace(
                    pod_counts.into(),
                    replicas,
                    Strategy::of_deployment(&manifest.value, replicas),
                ),
            }
        }
        "ReplicaSet" | "ReplicationController" => controller.add(replicas.saturating_sub(pod_counts.pods())),
        "StatefulSet" => {
            let missing = stateful(&mut controller, manifest, objects);
            renew(&mut controller, spec, replicas, &missing);
        }
        "DaemonSet" => {
            if controller.changed {
                controller.child("apps", "ControllerRevision", "controllerrevisions");
            }
            let Some(nodes) = objects.nodes else {
                controller.creation.doubt =
                    Some("the nodes could not be read, so how many pods it makes is unknown".to_owned());
                return Ok(controller.finish());
            };
            let wanted = daemon_nodes::eligible(nodes, template("DaemonSet", &manifest.value));
            let assumed = old.map_or(0, |old| daemon_nodes::eligible(nodes, template("DaemonSet", old)));
            let pod_counts = PodCounts::of(kind, old, controller.changed, assumed);
            controller.creation.pod_counts = pod_counts;
            match (pod_counts.old, Strategy::of_daemons(&manifest.value, wanted)) {
                (1.., Some(strategy)) => controller.replace(pod_counts.into(), wanted, strategy),
                _ => controller.add(wanted.saturating_sub(pod_counts.pods())),
            }
        }
        "Job" => match old.map(|old| &old["status"]) {
            None => controller.add(job_pods(spec)),
            Some(status) => {
                let is_seen = status.as_object().is_some_and(|status| !status.is_empty());
                let active = if is_seen { number(&status["active"], 0) } else { job_pods(spec) };
                controller.creation.pod_counts = PodCounts { old: 0, new: active };
                controller.add(at_once(&manifest.value).saturating_sub(active));
            }
        },
        "CronJob" if spec["suspend"] != true => {
            let job = &spec["jobTemplate"]["spec"];
            match controller.child("batch", "Job", "jobs") {
                true => controller.add(job_pods(job)),
                false => controller.creation.pods.wanted = job_pods(job),
            }
        }
        _ => {}
    }
    Ok(controller.finish())
}

/// Replaces the pods of a workload, of which `before` are there, by `wanted` new ones.
///
/// # Errors
/// As [`create_pods`].
pub fn roll(
    manifest: &Manifest,
    present: &Value,
    (before, wanted): (usize, usize),
    strategy: Strategy,
    simulator: &mut Simulator,
) -> Result<PodCreation, String> {
    let start = Start { rollout_state: PodCounts { old: before, new: 0 }.into(), lacks_child: true };
    roll_on(manifest, present, (&start, wanted), strategy, simulator)
}

/// Where a rollout starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// The pods.
    pub rollout_state: RolloutState,
    /// Whether what makes the new pods has yet to be made itself.
    pub lacks_child: bool,
}

/// Goes on replacing the pods of a workload until `wanted` are new.
///
/// # Errors
/// As [`create_pods`].
pub fn roll_on(
    manifest: &Manifest,
    present: &Value,
    (start, wanted): (&Start, usize),
    strategy: Strategy,
    simulator: &mut Simulator,
) -> Result<PodCreation, String> {
    let mut controller =
        ControllerSimulation::new(manifest, Some(present), simulator, PodVerdict::default())?;
    let (group, kind, plural) = match manifest.kind.kind.as_str() {
        "Deployment" => ("apps", "ReplicaSet", "replicasets"),
        _ => ("apps", "ControllerRevision", "controllerrevisions"),
    };
    match !start.lacks_child || controller.child(group, kind, plural) {
        true => controller.replace(start.rollout_state.clone(), wanted, strategy),
        false => controller.creation.pods.wanted = wanted,
    }
    Ok(controller.finish())
}

/// As many pods as a Job runs at once.
pub fn job_pods(spec: &Value) -> usize {
    if spec["suspend"] == true {
        return 0;
    }
    let parallelism = number(&spec["parallelism"], 1);
    parallelism.min(number(&spec["completions"], usize::MAX))
}

/// Replaces the pods of an earlier template one by one, but those below the partition. `missing` are the places where
/// there was none before.
fn renew(controller: &mut ControllerSimulation, spec: &Value, replicas: usize, missing: &[usize]) {
    let strategy = &spec["updateStrategy"];
    let partition = number(&strategy["rollingUpdate"]["partition"], 0);
    let added = controller.creation.pods;
    let mut pod_counts = controller.creation.pod_counts;
    // Those of the template as it is to be are the last ones.
    let replaced =
        (partition..replicas).filter(|place| !missing.contains(place)).count().saturating_sub(pod_counts.new);
    pod_counts.new += added.admitted;
    controller.creation.pod_counts = pod_counts;
    let waits = strategy["type"] == "OnDelete" || !controller.creation.refusals.is_empty();
    if waits || pod_counts.old == 0 || replaced == 0 {
        return;
    }
    let rollout_state = PodCounts { old: replaced, new: 0 }.into();
    controller.replace(rollout_state, replaced, Strategy::Rolling { surge: 0, unavailable: 1 });
    let renewed = controller.creation.pods;
    controller.creation.pods =
        Pods { wanted: added.wanted + renewed.wanted, admitted: added.admitted + renewed.admitted };
    pod_counts.old = pod_counts.old.saturating_sub(renewed.admitted);
    pod_counts.new += renewed.admitted;
    controller.creation.pod_counts = pod_counts;
}

/// Pod by pod, its claims first; one that is refused keeps the later ones waiting, unless they may come in parallel.
/// Returns the places that were empty.
fn stateful(
    controller: &mut ControllerSimulation,
    manifest: &Manifest,
    objects: ClusterObjects,
) -> Vec<usize> {
    if controller.changed {
        controller.child("apps", "ControllerRevision", "controllerrevisions");
    }
    let set = &manifest.value;
    let exists = |ordinal: usize| objects.exists(&claim_templates::pod_key(manifest, ordinal));
    let present = places(set, controller.creation.pod_counts.pods(), exists);
    let ordinals = claim_templates::ordinals(set);
    let missing: Vec<_> = (0..ordinals.len()).filter(|place| !present.contains(place)).collect();
    let missing_ordinals: Vec<_> = missing.iter().map(|place| ordinals.start + place).collect();
    create_ordinals(controller, manifest, objects, &missing_ordinals);
    missing
}

/// Creates the pods of these ordinals one after the other, each after its claims. A pod that is refused keeps the later
/// ones waiting unless `podManagementPolicy` is `Parallel`.
pub(super) fn create_ordinals(
    controller: &mut ControllerSimulation,
    manifest: &Manifest,
    objects: ClusterObjects,
    ordinals: &[usize],
) {
    let set = &manifest.value;
    let kind = claim_templates::claim_kind();
    let parallel = set["spec"]["podManagementPolicy"] == "Parallel";
    controller.creation.pods.wanted = ordinals.len();
    for &ordinal in ordinals {
        let mut complete = true;
        for (name, template) in claim_templates::of_pod(set, &manifest.name, ordinal) {
            if objects.exists(&Key::new(&kind, &manifest.namespace, &name)) {
                continue;
            }
            complete &= match new_object(&kind, &manifest.namespace, &name, template) {
                Ok(claim) => controller.create(claim),
                Err(message) => controller.refuse(vec![Refusal::validation(message)]),
            };
        }
        let pod = Object { name: format!("{}-{ordinal}", manifest.name), ..controller.pod.clone() };
        if complete && controller.create_pod(pod) {
            controller.creation.pods.admitted += 1;
        } else if !parallel {
            break;
        }
    }
}
