//! The requests and limits of a pod, container by container.

use super::ResourceList;

/// What a pod asks for and, where a kubelet has said so, what it really has. Plain numbers, made of a
/// [`crate::model::Pod`] by [`PodResources::from_pod`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodResources {
    /// The containers that run.
    pub containers: Vec<ContainerResources>,
    /// The containers that run before them, sidecars among them, in order.
    pub init_containers: Vec<ContainerResources>,
    /// Requests and limits of the pod as a whole; absent and empty differ for the quality of service.
    pub pod_level: Option<Requirements>,
    /// What the pod takes beyond its containers.
    pub overhead: ResourceList,
    /// Whether a resize was found impossible: the spec then no longer counts.
    pub resize_infeasible: bool,
}

/// One container of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerResources {
    /// Unique in the pod.
    pub name: String,
    /// An init container that goes on running (`restartPolicy: Always`).
    pub sidecar: bool,
    /// What the spec says.
    pub spec: Requirements,
    /// What the kubelet reported; absent until it did.
    pub observed: Option<Observed>,
}

/// Requests and limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The least that is set aside.
    pub requests: ResourceList,
    /// The most that may be taken.
    pub limits: ResourceList,
}

/// What a kubelet reported about a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// What the container really has (`containerStatuses[].resources`).
    pub actual: Requirements,
    /// What the node set aside for it (`containerStatuses[].allocatedResources`).
    pub allocated: ResourceList,
}
