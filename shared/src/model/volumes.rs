//! `core/v1.PersistentVolume` and `core/v1.PersistentVolumeClaim`.

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{AnnotatedMeta, HostPathVolumeSource, LabelSelector, NodeSelector, Quantities};

/// A claim to storage.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PersistentVolumeClaim {
    /// Name, namespace, annotations.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// What is wanted.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: PersistentVolumeClaimSpec,
    /// What is bound.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: PersistentVolumeClaimStatus,
}

built_in!(PersistentVolumeClaim, "", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", namespaced);

/// The parts of `core/v1.PersistentVolumeClaimSpec` about binding.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PersistentVolumeClaimSpec {
    /// `ReadWriteOnce`, `ReadWriteOncePod`, …
    #[prost(string, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub access_modes: Vec<String>,
    /// How much; `storage` is its only request.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub resources: VolumeResourceRequirements,
    /// The volume it is bound to, or asks for.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub volume_name: String,
    /// The volumes it may be bound to.
    #[prost(message, optional, tag = "4")]
    pub selector: Option<LabelSelector>,
    /// Its class; empty for none, absent for the default one.
    #[prost(string, optional, tag = "5")]
    pub storage_class_name: Option<String>,
    /// `Filesystem` (also when absent) or `Block`.
    #[prost(string, optional, tag = "6")]
    pub volume_mode: Option<String>,
    /// Its VolumeAttributesClass.
    #[prost(string, optional, tag = "9")]
    pub volume_attributes_class_name: Option<String>,
}

/// `core/v1.VolumeResourceRequirements`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeResourceRequirements {
    /// The requests.
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub requests: Quantities,
}

/// The parts of `core/v1.PersistentVolumeClaimStatus` about binding.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PersistentVolumeClaimStatus {
    /// `Pending`, `Bound` or `Lost`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub phase: String,
}

/// A volume.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PersistentVolume {
    /// Name, labels, annotations.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// The volume.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: PersistentVolumeSpec,
    /// Whether it is taken.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: PersistentVolumeStatus,
}

built_in!(PersistentVolume, "", "v1", "persistentvolumes", "PersistentVolume", cluster);

/// The parts of `core/v1.PersistentVolumeSpec` about binding and place.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PersistentVolumeSpec {
    /// How much; `storage` is its only entry.
    #[prost(btree_map = "string, message", tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub capacity: Quantities,
    /// Where its content is.
    #[prost(message, required, tag = "2")]
    #[serde(flatten)]
    pub source: PersistentVolumeSource,
    /// `ReadWriteOnce`, …
    #[prost(string, repeated, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub access_modes: Vec<String>,
    /// The claim it is bound to, or reserved for.
    #[prost(message, optional, tag = "4")]
    pub claim_ref: Option<ClaimReference>,
    /// `Retain`, `Delete` or `Recycle`.
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub persistent_volume_reclaim_policy: String,
    /// Its class; empty for none.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub storage_class_name: String,
    /// `Filesystem` (also when absent) or `Block`.
    #[prost(string, optional, tag = "8")]
    pub volume_mode: Option<String>,
    /// The nodes that reach it.
    #[prost(message, optional, tag = "9")]
    pub node_affinity: Option<VolumeNodeAffinity>,
    /// Its VolumeAttributesClass.
    #[prost(string, optional, tag = "10")]
    pub volume_attributes_class_name: Option<String>,
}

/// The parts of `core/v1.PersistentVolumeSource` that tell local volumes and CSI drivers.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PersistentVolumeSource {
    /// A path of a node.
    #[prost(message, optional, tag = "3")]
    pub host_path: Option<HostPathVolumeSource>,
    /// A disk of a node.
    #[prost(message, optional, tag = "20")]
    pub local: Option<LocalVolumeSource>,
    /// A volume of a CSI driver.
    #[prost(message, optional, tag = "22")]
    pub csi: Option<CsiPersistentVolumeSource>,
}

/// `core/v1.LocalVolumeSource`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LocalVolumeSource {
    /// The path on the node.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub path: String,
}

/// `core/v1.CSIPersistentVolumeSource`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CsiPersistentVolumeSource {
    /// The driver.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub driver: String,
    /// The driver's name of the volume.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub volume_handle: String,
}

/// `core/v1.VolumeNodeAffinity`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeNodeAffinity {
    /// The nodes.
    #[prost(message, optional, tag = "1")]
    pub required: Option<NodeSelector>,
}

/// The parts of `core/v1.ObjectReference` that name a claim.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ClaimReference {
    /// The claim's namespace.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub namespace: String,
    /// The claim's name.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The claim's uid; empty while it is only reserved.
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub uid: String,
}

/// `core/v1.PersistentVolumeStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PersistentVolumeStatus {
    /// `Available`, `Bound`, `Released` or `Failed`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub phase: String,
}
