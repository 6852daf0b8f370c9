//! `core/v1.Volume`: what a pod mounts, and which of it binds the pod to a node or is lost with it.

use serde::Deserialize;

use super::super::nullable::or_default;
use super::super::{AnnotatedMeta, PersistentVolumeClaimSpec, QuantityText};

/// `core/v1.Volume`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Volume {
    /// Unique in the pod.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Where its content is.
    #[prost(message, required, tag = "2")]
    #[serde(flatten)]
    pub source: VolumeSource,
}

/// `core/v1.VolumeSource`: one of these. What neither binds a pod to a node nor is lost (ConfigMaps, Secrets, …) is
/// left out, and so are all drivers in the tree of Kubernetes, save those whose volumes exclude each other.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeSource {
    /// A path of the node.
    #[prost(message, optional, tag = "1")]
    pub host_path: Option<HostPathVolumeSource>,
    /// A directory that goes with the pod.
    #[prost(message, optional, tag = "2")]
    pub empty_dir: Option<EmptyDirVolumeSource>,
    /// A disk of Google's.
    #[prost(message, optional, tag = "3")]
    pub gce_persistent_disk: Option<AnyVolumeSource>,
    /// A disk of Amazon's.
    #[prost(message, optional, tag = "4")]
    pub aws_elastic_block_store: Option<AnyVolumeSource>,
    /// An iSCSI target.
    #[prost(message, optional, tag = "8")]
    pub iscsi: Option<AnyVolumeSource>,
    /// A claim.
    #[prost(message, optional, tag = "10")]
    pub persistent_volume_claim: Option<ClaimVolumeSource>,
    /// A Ceph block device.
    #[prost(message, optional, tag = "11")]
    pub rbd: Option<AnyVolumeSource>,
    /// A disk of OpenStack's.
    #[prost(message, optional, tag = "13")]
    pub cinder: Option<AnyVolumeSource>,
    /// A disk of Microsoft's.
    #[prost(message, optional, tag = "22")]
    pub azure_disk: Option<AnyVolumeSource>,
    /// A volume of a CSI driver that lives with the pod.
    #[prost(message, optional, tag = "28")]
    pub csi: Option<CsiVolumeSource>,
    /// A claim that lives with the pod.
    #[prost(message, optional, tag = "29")]
    pub ephemeral: Option<EphemeralVolumeSource>,
}

/// A volume source of which nothing but its presence matters.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default)]
pub struct AnyVolumeSource {}

/// `core/v1.HostPathVolumeSource`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HostPathVolumeSource {
    /// The path on the node.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub path: String,
}

/// `core/v1.EmptyDirVolumeSource`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EmptyDirVolumeSource {
    /// `Memory`, or empty for the node's disk.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub medium: String,
    /// How much it may hold.
    #[prost(message, optional, tag = "2")]
    pub size_limit: Option<QuantityText>,
}

/// `core/v1.PersistentVolumeClaimVolumeSource`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ClaimVolumeSource {
    /// The claim, in the pod's namespace.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub claim_name: String,
}

/// `core/v1.CSIVolumeSource`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CsiVolumeSource {
    /// The driver.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub driver: String,
}

/// `core/v1.EphemeralVolumeSource`. The claim is named POD-VOLUME and owned by the pod.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EphemeralVolumeSource {
    /// The claim to create.
    #[prost(message, optional, tag = "1")]
    pub volume_claim_template: Option<ClaimTemplate>,
}

/// `core/v1.PersistentVolumeClaimTemplate`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ClaimTemplate {
    /// Labels and annotations of the claim.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// Its spec.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: PersistentVolumeClaimSpec,
}
