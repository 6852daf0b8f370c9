//! A pod as admission evaluates it.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    admission::version::Version,
    model::{Pod, PodStatus},
    quantity::ParseQuantityError,
    resources::{PodResources, is_pod_level_resource},
};

/// What admission evaluates of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodFacts {
    /// Its requests and limits.
    pub resources: PodResources,
    /// If set, the pod has the quota scope `Terminating`.
    pub active_deadline_seconds: Option<i64>,
    /// Its priority class; empty for none.
    pub priority_class: String,
    /// Its runtime class.
    pub runtime_class: Option<String>,
    /// Whether its affinity refers to pods of other namespaces.
    pub crosses_namespaces: bool,
    /// The QoS class in its status; empty where neither the server nor the manifest has set it.
    pub qos_class: String,
    /// Whether it has finished, or its deletion is overdue: it then counts only as an object.
    pub released: bool,
    /// The version of the server that counts it.
    pub version: Version,
    /// The manifest or the template of a pod that is to be created, for Pod Security.
    pub source: Option<Arc<Value>>,
}

impl PodFacts {
    /// Reads an existing pod. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// A text that is not a quantity.
    pub fn existing(pod: &Pod, now: i64) -> Result<Self, ParseQuantityError> {
        let (metadata, spec, status) = (&pod.metadata, &pod.spec, &pod.status);
        let ended = matches!(status.phase.as_str(), "Succeeded" | "Failed");
        // The timestamp includes the grace period already, and the server adds it once more (`QuotaV1Pod`).
        let overdue = match (&metadata.deletion_timestamp, metadata.deletion_grace_period_seconds) {
            (Some(deletion), Some(grace)) => now > deletion.seconds + grace,
            _ => false,
        };
        let mut terms = spec.affinity.iter().flat_map(|affinity| affinity.terms());
        Ok(Self {
            resources: PodResources::from_pod(pod)?,
            active_deadline_seconds: spec.active_deadline_seconds,
            priority_class: spec.priority_class_name.clone(),
            runtime_class: spec.runtime_class_name.clone(),
            crosses_namespaces: terms
                .any(|term| !term.namespaces.is_empty() || term.namespace_selector.is_some()),
            qos_class: status.qos_class.clone(),
            released: ended || overdue,
            version: Version::default(),
            source: None,
        })
    }

    /// Reads a pod that is to be created: of a status that was sent along, the server may keep the QoS class.
    ///
    /// # Errors
    /// A text that is not a quantity.
    pub fn new(pod: &Pod) -> Result<Self, ParseQuantityError> {
        let status = PodStatus { qos_class: pod.status.qos_class.clone(), ..PodStatus::default() };
        let fresh = Pod { status, ..pod.clone() };
        Ok(Self { released: false, ..Self::existing(&fresh, 0)? })
    }

    /// Returns the pod as servers of this version count it.
    pub fn of_version(mut self, version: Version) -> Self {
        self.version = version;
        self.resources.compares_containers = !version.compares_whole_pods();
        self
    }

    /// Returns whether the pod has the quota scope `Terminating` (`IsTerminating` in
    /// `pkg/quota/v1/evaluator/core/pods.go`), which has nothing to do with deletion.
    pub fn is_terminating(&self) -> bool {
        self.active_deadline_seconds.is_some_and(|seconds| seconds >= 0)
    }

    /// Returns whether requests or limits are set for the pod as a whole (`IsPodLevelResourcesSet`).
    pub fn has_pod_level(&self) -> bool {
        let level = self.resources.pod_level.iter();
        level
            .flat_map(|level| level.requests.keys().chain(level.limits.keys()))
            .any(|name| is_pod_level_resource(name))
    }

    /// Returns all containers, the regular ones first.
    pub fn containers(&self) -> impl Iterator<Item = &crate::resources::ContainerResources> {
        self.resources.containers.iter().chain(&self.resources.init_containers)
    }

    /// Returns all containers to be changed, the regular ones first.
    pub fn containers_mut(&mut self) -> impl Iterator<Item = &mut crate::resources::ContainerResources> {
        self.resources.containers.iter_mut().chain(&mut self.resources.init_containers)
    }
}
