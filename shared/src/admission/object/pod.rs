//! A pod as admission looks at it.

use crate::{
    model::Pod,
    quantity::ParseQuantityError,
    resources::{PodResources, is_pod_level_resource},
};

/// What decides about a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodFacts {
    /// What it asks for and has.
    pub resources: PodResources,
    /// Set makes it `Terminating` in the language of quotas.
    pub active_deadline_seconds: Option<i64>,
    /// Its priority class; empty for none.
    pub priority_class: String,
    /// Its runtime class.
    pub runtime_class: Option<String>,
    /// Whether it wants to be near or far from pods of other namespaces.
    pub crosses_namespaces: bool,
    /// The quality of service the server found; empty for a pod it has not seen.
    pub qos_class: String,
    /// Whether it has ended, or should have: it then counts as an object only.
    pub released: bool,
}

impl PodFacts {
    /// The facts of a pod that exists. `now` in seconds since 1970.
    ///
    /// # Errors
    /// A text that is no quantity.
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
        })
    }

    /// The facts of a pod that is to be created: the server forgets a status that came along.
    ///
    /// # Errors
    /// A text that is no quantity.
    pub fn new(pod: &Pod) -> Result<Self, ParseQuantityError> {
        let fresh = Pod { status: Default::default(), ..pod.clone() };
        Ok(Self { released: false, ..Self::existing(&fresh, 0)? })
    }

    /// `IsTerminating` in `pkg/quota/v1/evaluator/core/pods.go`; nothing to do with deletion.
    pub fn is_terminating(&self) -> bool {
        self.active_deadline_seconds.is_some_and(|seconds| seconds >= 0)
    }

    /// Whether requests or limits are set for the pod as a whole (`IsPodLevelResourcesSet`).
    pub fn has_pod_level(&self) -> bool {
        let level = self.resources.pod_level.iter();
        level
            .flat_map(|level| level.requests.keys().chain(level.limits.keys()))
            .any(|name| is_pod_level_resource(name))
    }

    /// All containers, the ones that run first.
    pub fn containers(&self) -> impl Iterator<Item = &crate::resources::ContainerResources> {
        self.resources.containers.iter().chain(&self.resources.init_containers)
    }

    /// All containers, to be changed.
    pub fn containers_mut(&mut self) -> impl Iterator<Item = &mut crate::resources::ContainerResources> {
        self.resources.containers.iter_mut().chain(&mut self.resources.init_containers)
    }
}
