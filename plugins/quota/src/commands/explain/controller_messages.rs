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
    pub maker: Owner,
    /// The words, with when they were said.
    pub words: String,
    /// The refusals in them.
    pub sentences: Vec<RefusalMessage>,
    /// The events; `None` where only a condition is left.
    pub failures: Option<Failures>,
}

/// What was said of these objects, each once.
pub fn of<'a>(
    makers: impl Iterator<Item = &'a Value>,
    snapshot: &NamespaceSnapshot,
) -> Vec<ControllerMessage> {
    let mut all: Vec<ControllerMessage> = Vec::new();
    for maker in makers {
        if !all.iter().any(|told| told.maker == Owner::itself(maker)) {
            all.extend(by_events(maker, snapshot).or_else(|| by_condition(maker)));
        }
    }
    all
}

fn by_events(object: &Value, snapshot: &NamespaceSnapshot) -> Option<ControllerMessage> {
    let maker = Owner::itself(object);
    let failures = snapshot.failures(object)?;
    let ago = human(u64::try_from(snapshot.cluster.now - failures.last).unwrap_or(0));
    Some(ControllerMessage {
        words: format!("{ago} ago, {} {}: {}", maker.kind, maker.name, failures.message),
        sentences: find_in_line(&failures.message),
        maker,
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
    let maker = Owner::itself(object);
    Some(ControllerMessage {
        words: format!("since {since}, in a condition of {} {}: {message}", maker.kind, maker.name),
        sentences: find_in_line(message),
        maker,
        failures: None,
    })
}
