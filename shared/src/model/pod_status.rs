//! `core/v1.PodStatus`: the state of a pod.

use serde::Deserialize;

use super::nullable::or_default;
use super::{Quantities, ResourceRequirements, Time};

/// The parts of `core/v1.PodStatus` that decide whether and how a pod counts.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub phase: String,
    /// Ready, scheduled, resize pending and the like.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub conditions: Vec<PodCondition>,
    /// The state of the regular containers.
    #[prost(message, repeated, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub container_statuses: Vec<ContainerStatus>,
    /// `Guaranteed`, `Burstable` or `BestEffort`.
    #[prost(string, tag = "9")]
    #[serde(deserialize_with = "or_default")]
    pub qos_class: String,
    /// The state of the init containers.
    #[prost(message, repeated, tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub init_container_statuses: Vec<ContainerStatus>,
    /// The pod-level resources that the node has allocated.
    #[prost(btree_map = "string, message", tag = "19")]
    #[serde(deserialize_with = "or_default")]
    pub allocated_resources: Quantities,
    /// The pod-level resources that are in effect.
    #[prost(message, optional, tag = "20")]
    pub resources: Option<ResourceRequirements>,
}

impl PodStatus {
    /// Returns the condition of this type, if there is one.
    pub fn condition(&self, kind: &str) -> Option<&PodCondition> {
        self.conditions.iter().find(|condition| condition.kind == kind)
    }
}

/// `core/v1.PodCondition`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodCondition {
    /// `Ready`, `PodScheduled`, `PodResizePending`, …
    #[prost(string, tag = "1")]
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// When it changed last.
    #[prost(message, required, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub last_transition_time: Time,
    /// The reason, in one word (`Infeasible`).
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// The reason, in a sentence.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub message: String,
}

/// The parts of `core/v1.ContainerStatus` that decide what quotas charge.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerStatus {
    /// The container's name.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Whether it is ready.
    #[prost(bool, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub ready: bool,
    /// The resources that the node has allocated.
    #[prost(btree_map = "string, message", tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub allocated_resources: Quantities,
    /// The resources in effect; absent until a kubelet that resizes in place has reported them.
    #[prost(message, optional, tag = "11")]
    pub resources: Option<ResourceRequirements>,
}
