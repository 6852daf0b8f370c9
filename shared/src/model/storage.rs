//! `storage.k8s.io/v1`: classes, drivers of nodes, attachments.

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{AnnotatedMeta, ObjectMeta};

/// `storage.k8s.io/v1.StorageClass`, the parts about binding.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StorageClass {
    /// Name, annotations.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// Who makes volumes; `kubernetes.io/no-provisioner` for nobody.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub provisioner: String,
    /// `Immediate` or `WaitForFirstConsumer`.
    #[prost(string, optional, tag = "7")]
    pub volume_binding_mode: Option<String>,
    /// Where volumes can be made; empty for everywhere.
    #[prost(message, repeated, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub allowed_topologies: Vec<TopologySelectorTerm>,
}

built_in!(StorageClass, "storage.k8s.io", "v1", "storageclasses", "StorageClass", cluster);

/// `core/v1.TopologySelectorTerm`: all of its requirements.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TopologySelectorTerm {
    /// Labels of the node.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub match_label_expressions: Vec<TopologySelectorLabelRequirement>,
}

/// `core/v1.TopologySelectorLabelRequirement`: one of the values.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TopologySelectorLabelRequirement {
    /// The label.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub key: String,
    /// The values.
    #[prost(string, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub values: Vec<String>,
}

/// `storage.k8s.io/v1.CSINode`: the CSI drivers of a node.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CsiNode {
    /// The node's name, annotations.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// The drivers.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: CsiNodeSpec,
}

built_in!(CsiNode, "storage.k8s.io", "v1", "csinodes", "CSINode", cluster);

/// `storage.k8s.io/v1.CSINodeSpec`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CsiNodeSpec {
    /// The drivers.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub drivers: Vec<CsiNodeDriver>,
}

/// `storage.k8s.io/v1.CSINodeDriver`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CsiNodeDriver {
    /// The driver.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Labels that say where its volumes are reached.
    #[prost(string, repeated, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub topology_keys: Vec<String>,
    /// How many volumes the node takes.
    #[prost(message, optional, tag = "4")]
    pub allocatable: Option<VolumeNodeResources>,
}

/// `storage.k8s.io/v1.VolumeNodeResources`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeNodeResources {
    /// The number of volumes; absent for no limit.
    #[prost(int32, optional, tag = "1")]
    pub count: Option<i32>,
}

/// `storage.k8s.io/v1.VolumeAttachment`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeAttachment {
    /// Name, deletion.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is attached where.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: VolumeAttachmentSpec,
    /// Whether it is.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: VolumeAttachmentStatus,
}

built_in!(VolumeAttachment, "storage.k8s.io", "v1", "volumeattachments", "VolumeAttachment", cluster);

/// `storage.k8s.io/v1.VolumeAttachmentSpec`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeAttachmentSpec {
    /// The driver.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub attacher: String,
    /// The volume.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub source: VolumeAttachmentSource,
    /// The node.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub node_name: String,
}

/// `storage.k8s.io/v1.VolumeAttachmentSource`, without inline volumes.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeAttachmentSource {
    /// The volume's name.
    #[prost(string, optional, tag = "1")]
    pub persistent_volume_name: Option<String>,
}

/// `storage.k8s.io/v1.VolumeAttachmentStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeAttachmentStatus {
    /// Whether the volume is attached.
    #[prost(bool, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub attached: bool,
}

/// `storage.k8s.io/v1.CSIDriver`, the parts about scheduling.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CsiDriver {
    /// The driver's name.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// Its properties.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: CsiDriverSpec,
}

built_in!(CsiDriver, "storage.k8s.io", "v1", "csidrivers", "CSIDriver", cluster);

/// The parts of `storage.k8s.io/v1.CSIDriverSpec` that the scheduler reads.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CsiDriverSpec {
    /// Whether the scheduler asks CSIStorageCapacity objects for room before a volume is made.
    #[prost(bool, optional, tag = "4")]
    pub storage_capacity: Option<bool>,
    /// Whether a node without the driver is ruled out.
    #[prost(bool, optional, tag = "11")]
    pub prevent_pod_scheduling_if_missing: Option<bool>,
}
