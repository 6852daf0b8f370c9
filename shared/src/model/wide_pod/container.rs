//! `core/v1.Container`: resources and ports.

use serde::Deserialize;

use super::super::ResourceRequirements;
use super::super::nullable::or_default;

/// The parts of `core/v1.Container` that a node must have room for.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WideContainer {
    /// Unique in the pod.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Its image.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub image: String,
    /// Its ports.
    #[prost(message, repeated, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub ports: Vec<ContainerPort>,
    /// Requests and limits.
    #[prost(message, required, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub resources: ResourceRequirements,
    /// `Always` on an init container makes it a sidecar.
    #[prost(string, optional, tag = "24")]
    pub restart_policy: Option<String>,
    /// What its exits do beyond the restart policy.
    #[prost(message, repeated, tag = "25")]
    #[serde(deserialize_with = "or_default")]
    pub restart_policy_rules: Vec<ContainerRestartRule>,
}

impl WideContainer {
    /// Returns whether an init container runs beside the regular ones (KEP 753).
    pub fn is_sidecar(&self) -> bool {
        self.restart_policy.as_deref() == Some("Always")
    }
}

/// `core/v1.ContainerPort`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerPort {
    /// The port of the node; 0 for none.
    #[prost(int32, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub host_port: i32,
    /// The port of the container.
    #[prost(int32, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub container_port: i32,
    /// `TCP`, `UDP` or `SCTP`.
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub protocol: String,
    /// The address of the node; empty for all.
    #[prost(string, tag = "5")]
    #[serde(rename = "hostIP", deserialize_with = "or_default")]
    pub host_ip: String,
}

/// `core/v1.ContainerRestartRule`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerRestartRule {
    /// `Restart` or `RestartAllContainers`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub action: String,
}
