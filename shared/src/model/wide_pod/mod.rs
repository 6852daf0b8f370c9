//! `core/v1.Pod` as the scheduler and drains see it. [`super::Pod`] stays slim beside it, because quotas read every pod
//! of a cluster and need little of each.

mod affinity;
mod compact;
mod container;
mod spec;
mod status;
mod volume;

pub use affinity::{NodeAffinity, PodRelation, RelatedPodTerm, WideAffinity};
pub use container::{ContainerPort, ContainerRestartRule, WideContainer};
use serde::Deserialize;
pub use spec::{
    PodResourceClaim, PodSchedulingGate, PodSchedulingGroup, Toleration, TopologySpreadConstraint,
    WidePodSpec,
};
pub use status::{ContainerState, Terminated, Waiting, WideContainerStatus, WidePodStatus};
pub use volume::{
    AnyVolumeSource, ClaimTemplate, ClaimVolumeSource, CsiVolumeSource, EmptyDirVolumeSource,
    EphemeralVolumeSource, HostPathVolumeSource, Volume, VolumeSource,
};

use super::AnnotatedMeta;
use super::nullable::or_default;
use super::resource::built_in;

/// Labels that the API server copies from a node to the pods that are bound to it, also over those of a template
/// (`plugin/pkg/admission/podtopologylabels/admission.go`).
pub const COPIED_FROM_NODE: [&str; 2] = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/// A pod with everything that decides where it can run and what its eviction costs.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WidePod {
    /// Name, namespace, labels, annotations, owners, deletion.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// The desired state.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: WidePodSpec,
    /// The observed state.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: WidePodStatus,
}

built_in!(WidePod, "", "v1", "pods", "Pod", namespaced);

impl WidePod {
    /// Returns whether all of its containers have ended for good: it holds no resources of its node anymore.
    pub fn is_terminal(&self) -> bool {
        matches!(self.status.phase.as_str(), "Succeeded" | "Failed")
    }

    /// Returns whether it is being deleted.
    pub fn is_terminating(&self) -> bool {
        self.metadata.deletion_timestamp.is_some()
    }

    /// Returns whether its condition Ready is True.
    pub fn is_ready(&self) -> bool {
        self.status.condition("Ready").is_some_and(|condition| condition.status == "True")
    }

    /// Returns the pod that its controller creates in its place: the same metadata and spec without node and status.
    ///
    /// The priority, defaults and injected fields stay; they come from the same admission plugins again. The labels that it
    /// got from its node go.
    pub fn replacement(&self) -> Self {
        let mut pod = self.clone();
        pod.metadata.uid.clear();
        pod.metadata.resource_version.clear();
        pod.metadata.deletion_timestamp = None;
        pod.metadata.deletion_grace_period_seconds = None;
        pod.metadata.finalizers.clear();
        pod.spec.node_name.clear();
        for label in COPIED_FROM_NODE {
            pod.metadata.labels.remove(label);
        }
        pod.status = WidePodStatus::default();
        pod
    }
}
