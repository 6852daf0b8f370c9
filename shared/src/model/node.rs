//! `core/v1.Node`: what runs pods, and how much of them.

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{AnnotatedMeta, Quantities, Time};

/// A node, as far as the scheduler and drains look at it.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Node {
    /// Name, labels, annotations.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// The desired state.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: NodeSpec,
    /// The observed state.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: NodeStatus,
}

built_in!(Node, "", "v1", "nodes", "Node", cluster);

impl Node {
    /// Returns the condition of this type, if there is one.
    pub fn condition(&self, kind: &str) -> Option<&NodeCondition> {
        self.status.conditions.iter().find(|condition| condition.kind == kind)
    }

    /// Returns the node's zone, from the label that the scheduler's topologies use.
    pub fn zone(&self) -> Option<&str> {
        self.metadata.labels.get("topology.kubernetes.io/zone").map(String::as_str)
    }
}

/// The parts of `core/v1.NodeSpec` that keep pods away.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSpec {
    /// The machine behind it, as the cloud provider names it.
    #[prost(string, tag = "3")]
    #[serde(rename = "providerID", deserialize_with = "or_default")]
    pub provider_id: String,
    /// Whether it is cordoned.
    #[prost(bool, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub unschedulable: bool,
    /// Its taints.
    #[prost(message, repeated, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub taints: Vec<Taint>,
}

/// `core/v1.Taint`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Taint {
    /// The key.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub key: String,
    /// The value; often empty.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub value: String,
    /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub effect: String,
    /// When it was added, as far as a controller noted it.
    #[prost(message, optional, tag = "4")]
    pub time_added: Option<Time>,
}

/// The parts of `core/v1.NodeStatus` about capacity, health and versions.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeStatus {
    /// All of its resources.
    #[prost(btree_map = "string, message", tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub capacity: Quantities,
    /// What pods may request in all.
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub allocatable: Quantities,
    /// Ready, pressures.
    #[prost(message, repeated, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub conditions: Vec<NodeCondition>,
    /// Where it is reached.
    #[prost(message, repeated, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub addresses: Vec<NodeAddress>,
    /// Versions.
    #[prost(message, required, tag = "7")]
    #[serde(deserialize_with = "or_default")]
    pub node_info: NodeSystemInfo,
    /// The volumes that the attach controller holds attached.
    #[prost(message, repeated, tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub volumes_attached: Vec<AttachedVolume>,
}

/// `core/v1.NodeCondition`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeCondition {
    /// `Ready`, `MemoryPressure`, …
    #[prost(string, tag = "1")]
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// When it was last reported.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub last_heartbeat_time: Time,
    /// When it changed last.
    #[prost(message, required, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub last_transition_time: Time,
    /// The reason, in one word.
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// The reason, in a sentence.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub message: String,
}

/// `core/v1.NodeAddress`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeAddress {
    /// `Hostname`, `InternalIP`, `ExternalDNS`, …
    #[prost(string, tag = "1")]
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// The address.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub address: String,
}

/// The parts of `core/v1.NodeSystemInfo` that a reboot or an upgrade changes.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSystemInfo {
    /// Changes at each boot.
    #[prost(string, tag = "3")]
    #[serde(rename = "bootID", deserialize_with = "or_default")]
    pub boot_id: String,
    /// The kernel.
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub kernel_version: String,
    /// The distribution.
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub os_image: String,
    /// The container runtime.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub container_runtime_version: String,
    /// The kubelet, `v1.36.3`.
    #[prost(string, tag = "7")]
    #[serde(deserialize_with = "or_default")]
    pub kubelet_version: String,
    /// `linux` or `windows`.
    #[prost(string, tag = "9")]
    #[serde(deserialize_with = "or_default")]
    pub operating_system: String,
}

/// `core/v1.AttachedVolume`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AttachedVolume {
    /// The volume, `kubernetes.io/csi/DRIVER^HANDLE`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
}
