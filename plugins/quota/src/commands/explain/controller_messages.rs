//! The latest failure messages of controllers.

use serde_json::Value;
use shared::workload::{owner::Owner, retry::Failures};

use super::{
    event::{about, reports_failure},
    missing_pods::MissingPods,
    namespace_snapshot::NamespaceSnapshot,
    refusal_message::{RefusalMessage, find_in_line},
    retry::human,
};

/// The latest failure message of one controller.
#[derive(Clone, Debug)]
pub struct ControllerMessage {
    /// The object whose controller reports it.
    pub controller: Owner,
    /// The message with its time and controller.
    pub text: String,
    /// The refusals that it quotes.
    pub refusals: Vec<RefusalMessage>,
    /// The failure events; `None` where only a condition is left.
    pub failures: Option<Failures>,
}

/// Returns the latest message about each of these objects.
pub fn controller_messages<'a>(
    controllers: impl Iterator<Item = &'a Value>,
    snapshot: &NamespaceSnapshot,
) -> Vec<ControllerMessage> {
    let mut all: Vec<ControllerMessage> = Vec::new();
    for controller in controllers {
        if !all.iter().any(|message| message.controller == Owner::itself(controller)) {
            all.extend(message_of_events(controller, snapshot).or_else(|| message_of_condition(controller)));
        }
    }
    all
}

/// Returns the latest message about the pods that lack claims: their controllers report it about each pod.
pub fn messages_of_pods(
    missing_pods: &[MissingPods],
    snapshot: &NamespaceSnapshot,
) -> Vec<ControllerMessage> {
    let messages = missing_pods.iter().filter(|missing| missing.are_claims()).filter_map(|missing| {
        let events = snapshot.events.iter().flatten().filter(|event| {
            let (kind, name) = about(event);
            kind == "Pod" && reports_failure(event, &snapshot.namespace) && missing.is_claim_of(name)
        });
        let newest = events.max_by_key(|event| event.last())?;
        let ago = human(u64::try_from(snapshot.cluster.now - newest.last()).unwrap_or(0));
        Some(ControllerMessage {
            text: format!("{ago} ago, Pod {}: {}", about(newest).1, newest.message),
            refusals: find_in_line(&newest.message),
            controller: Owner::itself(missing.controller),
            failures: None,
        })
    });
    messages.collect()
}

fn message_of_events(object: &Value, snapshot: &NamespaceSnapshot) -> Option<ControllerMessage> {
    let controller = Owner::itself(object);
    let failures = snapshot.failures(object)?;
    let ago = human(u64::try_from(snapshot.cluster.now - failures.last).unwrap_or(0));
    Some(ControllerMessage {
        text: format!("{ago} ago, {} {}: {}", controller.kind, controller.name, failures.message),
        refusals: find_in_line(&failures.message),
        controller,
        failures: Some(failures),
    })
}

/// Returns the message of a condition. Events expire after an hour; `ReplicaFailure` stays, with the first failure.
fn message_of_condition(object: &Value) -> Option<ControllerMessage> {
    let conditions = object["status"]["conditions"].as_array()?;
    let failed = |one: &&Value| {
        (one["type"] == "ReplicaFailure" && one["status"] == "True")
            || (one["type"] == "Progressing" && one["reason"] == "ReplicaSetCreateError")
    };
    let condition = conditions.iter().find(failed)?;
    let (since, message) = (condition["lastTransitionTime"].as_str()?, condition["message"].as_str()?);
    let controller = Owner::itself(object);
    Some(ControllerMessage {
        text: format!("since {since}, in a condition of {} {}: {message}", controller.kind, controller.name),
        refusals: find_in_line(message),
        controller,
        failures: None,
    })
}
