//! What an explanation rests on, be it from a cluster or from a dump.

use serde_json::Value;
use shared::{
    model::{ObjectMeta, Pod},
    snapshot::ClusterSnapshot,
    workload::retry::Failures,
};

use super::event::{self, Event};

/// The facts.
#[derive(Debug, Default)]
pub struct NamespaceSnapshot {
    /// The namespace all of this is in.
    pub namespace: String,
    /// Workloads: those asked about and what they made, with their kinds.
    pub workloads: Vec<Value>,
    /// Their pods; `None` where they may not be listed.
    pub pods: Option<Vec<Pod>>,
    /// What controllers said; `None` where events may not be listed.
    pub events: Option<Vec<Event>>,
    /// Quotas, LimitRanges, classes, existing claims, and what could not be read.
    pub cluster: ClusterSnapshot,
}

/// A text field of an object's metadata.
pub fn metadata_text<'a>(object: &'a Value, field: &str) -> &'a str {
    object["metadata"][field].as_str().unwrap_or_default()
}

/// The kind of an object.
pub fn kind(object: &Value) -> &str {
    object["kind"].as_str().unwrap_or_default()
}

/// A whole number of an object, never below zero.
pub fn number(value: &Value, default: usize) -> usize {
    value.as_i64().map_or(default, |number| usize::try_from(number).unwrap_or(0))
}

/// The controller of an object: kind and name.
pub fn controller(object: &Value) -> Option<(&str, &str)> {
    let owners = object["metadata"]["ownerReferences"].as_array()?;
    let owner = owners.iter().find(|owner| owner["controller"] == true)?;
    Some((owner["kind"].as_str()?, owner["name"].as_str()?))
}

impl NamespaceSnapshot {
    /// The workloads of this kind that this object controls.
    pub fn controlled_by<'a>(
        &'a self,
        owner: &'a Value,
        of_kind: &'a str,
    ) -> impl Iterator<Item = &'a Value> {
        let is_ours = move |one: &&Value| {
            kind(one) == of_kind && controller(one) == Some((kind(owner), metadata_text(owner, "name")))
        };
        self.workloads.iter().filter(is_ours)
    }

    /// The pods that this workload controls; `None` where pods may not be listed.
    pub fn pods_controlled_by<'a>(&'a self, owner: &'a Value) -> Option<impl Iterator<Item = &'a Pod>> {
        let is_ours = move |pod: &&Pod| {
            let controller = pod.metadata.controller();
            controller.is_some_and(|of| of.kind == kind(owner) && of.name == metadata_text(owner, "name"))
        };
        Some(self.pods.as_ref()?.iter().filter(is_ours))
    }

    /// The failures that the controller of this object told of.
    pub fn failures(&self, object: &Value) -> Option<Failures> {
        let (kind, name, uid) = (kind(object), metadata_text(object, "name"), metadata_text(object, "uid"));
        let events = self.events.as_ref()?;
        event::failures(
            events
                .iter()
                .filter(|event| event.tells_of_failure(&self.namespace) && event.is_about(kind, name, uid)),
        )
    }

    /// Whether all that decides could be read.
    pub fn is_complete(&self) -> bool {
        self.knows_rules() && self.pods.is_some() && self.events.is_some()
    }

    /// Whether quotas and LimitRanges could be read: without them nothing can be foretold.
    pub fn knows_rules(&self) -> bool {
        !self.cluster.without_quotas.contains(&self.namespace)
            && !self.cluster.without_limit_ranges.contains(&self.namespace)
    }
}

/// Whether controllers count this pod as one they have (`IsPodActive` in `pkg/controller/controller_utils.go`).
pub fn is_active(pod: &Pod) -> bool {
    !matches!(pod.status.phase.as_str(), "Succeeded" | "Failed") && !is_terminating(&pod.metadata)
}

/// Whether an object is being deleted.
pub fn is_terminating(metadata: &ObjectMeta) -> bool {
    metadata.deletion_timestamp.is_some()
}
