//! The requests and limits of a pod, container by container.

use super::ResourceList;

/// The requests and limits of a pod and, where a kubelet has reported them, those in effect: plain numbers, read from a
/// [`crate::model::Pod`] by [`PodResources::from_pod`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodResources {
    /// The regular containers.
    pub containers: Vec<ContainerResources>,
    /// The init containers, sidecars included, in order.
    pub init_containers: Vec<ContainerResources>,
    /// The pod-level requests and limits; absent and empty differ for the QoS class.
    pub pod_level: Option<Requirements>,
    /// The overhead beyond its containers.
    pub overhead: ResourceList,
    /// Whether a resize is infeasible: the spec then no longer counts.
    pub resize_infeasible: bool,
    /// Whether the report of a kubelet is compared with the spec container by container, as before 1.37, rather than for
    /// the whole pod.
    pub compares_containers: bool,
}

/// One container of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerResources {
    /// Unique in the pod.
    pub name: String,
    /// Whether it is a sidecar: an init container with `restartPolicy: Always`.
    pub sidecar: bool,
    /// The requests and limits of its spec.
    pub spec: Requirements,
    /// The resources that the kubelet reported.
    pub observed: Observed,
}

/// Requests and limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The requests.
    pub requests: ResourceList,
    /// The limits.
    pub limits: ResourceList,
}

/// The resources of a container that a kubelet reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// The resources in effect (`containerStatuses[].resources`); absent until a kubelet that resizes in place has
    /// reported them.
    pub actual: Option<Requirements>,
    /// The resources that the node has allocated (`containerStatuses[].allocatedResources`).
    pub allocated: ResourceList,
}
