//! Further reasons why objects are missing.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{model::Pod, workload::owner::Owner};

use super::{
    autoscaled::ScaledUp,
    daemon_pods::is_unknown,
    explanation::State,
    namespace_snapshot::{NamespaceSnapshot, is_terminating, kind, metadata_text},
    simulated_workload::SimulatedWorkload,
};

/// Returns what else explains the state of a workload.
pub fn notes(simulated: &SimulatedWorkload, snapshot: &NamespaceSnapshot, state: State) -> Vec<String> {
    let mut notes = Vec::new();
    let controllers =
        simulated.missing_pods.iter().map(|missing| missing.controller).chain([simulated.subject]);
    let mut seen: Vec<Owner> = Vec::new();
    let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for controller in controllers.chain(snapshot.controlled_by(simulated.subject, "ReplicaSet")) {
        if seen.contains(&Owner::itself(controller)) {
            continue;
        }
        seen.push(Owner::itself(controller));
        for pod in snapshot.pods_controlled_by(controller).into_iter().flatten() {
            let condition =
                pod.status.condition("PodScheduled").filter(|condition| condition.status == "False");
            let waits_for_claim =
                simulated.missing_pods.iter().any(|missing| missing.is_claim_of(&pod.metadata.name));
            let is_told = waits_for_claim || is_terminating(&pod.metadata);
            if let Some(condition) = condition.filter(|_| !is_told) {
                waiting.entry(&condition.message).or_default().push(&pod.metadata.name);
            }
        }
    }
    notes.extend(waiting.iter().map(|(message, pods)| not_scheduled(pods, message)));
    notes.extend(waiting_for_another(simulated, snapshot, state));
    let scaled_up = snapshot.scaled_up.iter().find(|one| one.workload == simulated.owner());
    notes.extend(scaled_up.filter(|_| state != State::Complete).map(ScaledUp::sentence));
    if is_unknown(simulated.subject, snapshot) {
        notes.push(
            "how many pods it wants is unknown: its controller has not processed its last change, and the nodes could not be read; whether its pods would be refused, too, is not foreseen"
                .to_owned(),
        );
    }
    let quotas =
        snapshot.cluster.namespaces.get(&snapshot.namespace).into_iter().flat_map(|rules| &rules.quotas);
    for quota in quotas.filter(|quota| quota.spec_hard != quota.status_hard && state != State::Complete) {
        notes.push(format!(
            "quota {} was changed, but the server enforces the old values until the quota controller has processed the change",
            quota.name
        ));
    }
    if snapshot.events.is_none() && state != State::Complete {
        notes.push("events cannot be read, so the last message of the controller is unknown".to_owned());
    }
    notes
}

/// Returns why an existing pod is not scheduled; `None` where it is.
pub fn unscheduled_pod(pod: &Value) -> Option<String> {
    let conditions = pod["status"]["conditions"].as_array()?;
    let unscheduled = |one: &&Value| one["type"] == "PodScheduled" && one["status"] == "False";
    let message = conditions.iter().find(unscheduled)?["message"].as_str()?;
    Some(not_scheduled(&[metadata_text(pod, "name")], message))
}

fn not_scheduled(pods: &[&str], message: &str) -> String {
    let pods = match pods {
        [only] => format!("Pod {only} was admitted but is Pending"),
        [first, rest @ ..] => format!("Pod {first} and {} more were admitted but are Pending", rest.len()),
        [] => return message.to_owned(),
    };
    format!("{pods} (not a quota problem): {message}")
}

/// Returns which pod a StatefulSet waits for: it creates a pod only after those before it are ready.
fn waiting_for_another(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    state: State,
) -> Option<String> {
    let set = simulated.subject;
    if kind(set) != "StatefulSet"
        || set["spec"]["podManagementPolicy"] == "Parallel"
        || state != State::Admissible
    {
        return None;
    }
    let is_ready = |pod: &&Pod| pod.status.condition("Ready").is_some_and(|one| one.status == "True");
    let first = snapshot.pods_controlled_by(set)?.find(|pod| !is_ready(pod))?;
    Some(format!(
        "StatefulSet {} creates one pod at a time, and {} is not ready",
        metadata_text(set, "name"),
        first.metadata.name
    ))
}
