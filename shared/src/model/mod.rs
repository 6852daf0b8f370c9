//! Slim structs of what the plugins read: names as in the API, and only the fields somebody needs.
//!
//! One struct serves both encodings of the API server. `serde` reads JSON (custom resources, watches,
//! dumps) and YAML; `prost` reads `application/vnd.kubernetes.protobuf`, which is what lists of built-in
//! kinds come as. Both skip what a struct doesn't name, and that is where the speed comes from: a full
//! `Pod` takes fifteen times the memory of this one. The tags are those of the `generated.proto` beside
//! the Go type (`k8s.io/api/core/v1/generated.proto`); they never change within an API version.
//!
//! A `null` in JSON or YAML means absent, as it does to Go. What the API has as a pointer, and whose
//! absence therefore means something, is an `Option`; everything else has a default.

mod annotated_meta;
pub mod built_in_resources;
mod decode;
mod deployment;
mod event;
mod int_or_string;
pub mod kind;
mod limit_range;
mod metadata;
mod namespace;
mod node;
mod node_selector;
mod nullable;
mod path;
mod pod;
mod pod_affinity;
mod pod_disruption_budget;
mod pod_status;
mod priority_class;
mod quantity_text;
mod resource;
mod resource_quota;
mod service;
mod storage;
mod time;
mod volumes;
pub mod wide_pod;

pub use annotated_meta::AnnotatedMeta;
pub use decode::{Encoding, List, continue_token, decode_list, decode_object};
pub use deployment::{Deployment, DeploymentSpec, DeploymentStatus};
pub use event::{Event, EventSeries, EventSource, ObjectReference};
pub use int_or_string::{IntOrString, IntOrStringValue};
pub use limit_range::{LimitRange, LimitRangeItem, LimitRangeSpec};
pub use metadata::{LabelSelector, LabelSelectorRequirement, ListMeta, ObjectMeta, OwnerReference};
pub use namespace::{Namespace, NamespaceCondition, NamespaceSpec, NamespaceStatus};
pub use node::{
    AttachedVolume, Node, NodeAddress, NodeCondition, NodeSpec, NodeStatus, NodeSystemInfo, Taint,
};
pub use node_selector::{NodeSelector, NodeSelectorRequirement, NodeSelectorTerm};
pub(crate) use path::misfit_segment;
pub use path::{misfit_of_path, path_segment};
pub use pod::{Container, Pod, PodSpec, ResourceRequirements};
pub use pod_affinity::{Affinity, PodAffinity, PodAffinityTerm, WeightedPodAffinityTerm};
pub use pod_disruption_budget::{
    Condition, PodDisruptionBudget, PodDisruptionBudgetSpec, PodDisruptionBudgetStatus,
};
pub use pod_status::{ContainerStatus, PodCondition, PodStatus};
pub use priority_class::PriorityClass;
pub use quantity_text::{Quantities, QuantityText};
pub use resource::{FromProtobuf, Resource, list_path, object_path};
pub use resource_quota::{
    ResourceQuota, ResourceQuotaSpec, ResourceQuotaStatus, ScopeSelector, ScopedResourceSelectorRequirement,
};
pub use service::{
    FieldsV1, LoadBalancerIngress, LoadBalancerStatus, ManagedFieldsEntry, PortStatus, Service, ServicePort,
    ServiceSpec, ServiceStatus,
};
pub use storage::{
    CsiDriver, CsiDriverSpec, CsiNode, CsiNodeDriver, CsiNodeSpec, StorageClass,
    TopologySelectorLabelRequirement, TopologySelectorTerm, VolumeAttachment, VolumeAttachmentSource,
    VolumeAttachmentSpec, VolumeAttachmentStatus, VolumeNodeResources,
};
pub use time::Time;
pub use volumes::{
    ClaimReference, CsiPersistentVolumeSource, LocalVolumeSource, PersistentVolume, PersistentVolumeClaim,
    PersistentVolumeClaimSpec, PersistentVolumeClaimStatus, PersistentVolumeSource, PersistentVolumeSpec,
    PersistentVolumeStatus, VolumeNodeAffinity, VolumeResourceRequirements,
};
pub use wide_pod::{HostPathVolumeSource, Toleration, WidePod};

#[cfg(test)]
mod tests;
