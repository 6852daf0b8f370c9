//! What controllers said last.

use serde_json::Value;
use shared::workload::{owner::Owner, retry::Failures};

use super::{
    namespace_snapshot::NamespaceSnapshot,
    refusal_message::{RefusalMessage, find_in_line},
    retry::human,
};

/// The newest words of one controller.
#[derive(Clone, Debug)]
pub struct ControllerMessage {
    /// Whose controller.
    pub controller: Owner,
    /// The words, with when they were said.
    pub words: String,
    /// The refusals in them.
    pub messages: Vec<RefusalMessage>,
    /// The events; `None` where only a condition is left.
    pub failures: Option<Failures>,
}

/// What was said of these objects, each once.
pub fn of<'a>(
    controllers: impl Iterator<Item = &'a Value>,
    snapshot: &NamespaceSnapshot,
) -> Vec<ControllerMessage> {
    let mut all: Vec<ControllerMessage> = Vec::new();
    for controller in controllers {
        if !all.iter().any(|message| message.controller == Owner::itself(controller)) {
            all.extend(by_events(controller, snapshot).or_else(|| by_condition(controller)));
        }
    }
    all
}

fn by_events(object: &Value, snapshot: &NamespaceSnapshot) -> Option<ControllerMessage> {
    let controller = Owner::itself(object);
    let failures = snapshot.failures(object)?;
    let ago = human(u64::try_from(snapshot.cluster.now - failures.last).unwrap_or(0));
    Some(ControllerMessage {
        words: format!("{ago} ago, {} {}: {}", controller.kind, controller.name, failures.message),
        messages: find_in_line(&failures.message),
        controller,
        failures: Some(failures),
    })
}

/// Events are gone after an hour; the condition `ReplicaFailure` stays, with the words of the first failure.
fn by_condition(object: &Value) -> Option<ControllerMessage> {
    let conditions = object["status"]["conditions"].as_array()?;
    let failed = |one: &&Value| {
        (one["type"] == "ReplicaFailure" && one["status"] == "True")
            || (one["type"] == "Progressing" && one["reason"] == "ReplicaSetCreateError")
    };
    let condition = conditions.iter().find(failed)?;
    let (since, message) = (condition["lastTransitionTime"].as_str()?, condition["message"].as_str()?);
    let controller = Owner::itself(object);
    Some(ControllerMessage {
        words: format!("since {since}, in a condition of {} {}: {message}", controller.kind, controller.name),
        messages: find_in_line(message),
        controller,
        failures: None,
    })
}
