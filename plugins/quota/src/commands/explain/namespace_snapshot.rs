//! The state of a namespace, from a cluster or from a dump.

use serde_json::Value;
use shared::{
    manifest::json::text,
    model::{Event, ObjectMeta, Pod, Resource},
    snapshot::ClusterSnapshot,
    workload::{
        autoscaler::max_replicas_for,
        owner::{Owner, controller_of},
        retry::Failures,
    },
};

use super::{autoscaled::ScaledUp, event};

/// Everything about a namespace that an explanation uses.
#[derive(Debug, Default)]
pub struct NamespaceSnapshot {
    /// The namespace.
    pub namespace: String,
    /// The workloads, and the ReplicaSets and Jobs that they control, each with its kind.
    pub workloads: Vec<Value>,
    /// Their pods; `None` where listing them is forbidden.
    pub pods: Option<Vec<Pod>>,
    /// Failure events of controllers; `None` where listing events is forbidden.
    pub events: Option<Vec<Event>>,
    /// The HorizontalPodAutoscalers; `None` where they can't be listed: no command that one might undo is proposed then.
    pub autoscalers: Option<Vec<Value>>,
    /// The workloads that these are about to scale up. Their `spec.replicas` here is what it will be then.
    pub scaled_up: Vec<ScaledUp>,
    /// Quotas, LimitRanges, classes, existing claims, and what could not be read.
    pub cluster: ClusterSnapshot,
}

/// Returns a text field of an object's metadata.
pub fn metadata_text<'a>(object: &'a Value, field: &str) -> &'a str {
    text(&object["metadata"][field])
}

/// Returns the kind of an object.
pub fn kind(object: &Value) -> &str {
    text(&object["kind"])
}

/// Returns the kind and name of an object's controller.
pub fn controller(object: &Value) -> Option<(&str, &str)> {
    let owner = controller_of(object)?;
    Some((owner["kind"].as_str()?, owner["name"].as_str()?))
}

impl NamespaceSnapshot {
    /// Returns the workloads of a kind that an object controls.
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

    /// Returns the pods that a workload controls; `None` where listing pods is forbidden.
    pub fn pods_controlled_by<'a>(&'a self, owner: &'a Value) -> Option<impl Iterator<Item = &'a Pod>> {
        let is_ours = move |pod: &&Pod| {
            let controller = pod.metadata.controller();
            controller.is_some_and(|of| of.kind == kind(owner) && of.name == metadata_text(owner, "name"))
        };
        Some(self.pods.as_ref()?.iter().filter(is_ours))
    }

    /// Returns the autoscaler of a workload.
    pub fn autoscaler_of(&self, owner: &Owner) -> Option<&Value> {
        let autoscalers = self.autoscalers.iter().flatten();
        autoscalers.into_iter().find(|one| max_replicas_for(one, &owner.kind, &owner.name).is_some())
    }

    /// Returns the failures that the controller of an object reported.
    pub fn failures(&self, object: &Value) -> Option<Failures> {
        self.failures_about(kind(object), metadata_text(object, "name"), metadata_text(object, "uid"))
    }

    /// Returns the failures that controllers reported about a pod.
    pub fn failures_of_pod(&self, pod: &Pod) -> Option<Failures> {
        self.failures_about(Pod::KIND, &pod.metadata.name, &pod.metadata.uid)
    }

    fn failures_about(&self, kind: &str, name: &str, uid: &str) -> Option<Failures> {
        let events = self.events.as_ref()?;
        event::failures(events.iter().filter(|event| {
            event::reports_failure(event, &self.namespace) && event.is_about(kind, name, uid)
        }))
    }

    /// Returns whether everything that decides could be read.
    pub fn is_complete(&self) -> bool {
        self.knows_rules() && self.pods.is_some() && self.events.is_some()
    }

    /// Returns whether quotas and LimitRanges could be read: without them no result can be predicted.
    pub fn knows_rules(&self) -> bool {
        !self.cluster.without_quotas.contains(&self.namespace)
            && !self.cluster.without_limit_ranges.contains(&self.namespace)
    }
}

/// Returns whether controllers count this pod (`IsPodActive` in `pkg/controller/controller_utils.go`).
pub fn is_active(pod: &Pod) -> bool {
    !matches!(pod.status.phase.as_str(), "Succeeded" | "Failed") && !is_terminating(&pod.metadata)
}

/// Returns whether an object is being deleted.
pub fn is_terminating(metadata: &ObjectMeta) -> bool {
    metadata.deletion_timestamp.is_some()
}
