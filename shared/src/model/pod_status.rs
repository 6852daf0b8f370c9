//! `core/v1.PodStatus`: the state of a pod.

use serde::Deserialize;

use super::nullable::or_default;
use super::{Quantities, ResourceRequirements, Time};

/// The parts of `core/v1.PodStatus` that say whether and how a pod counts.
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
    /// The containers, as the kubelet has them.
    #[prost(message, repeated, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub container_statuses: Vec<ContainerStatus>,
    /// `Guaranteed`, `Burstable` or `BestEffort`.
    #[prost(string, tag = "9")]
    #[serde(deserialize_with = "or_default")]
    pub qos_class: String,
    /// The init containers, as the kubelet has them.
    #[prost(message, repeated, tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub init_container_statuses: Vec<ContainerStatus>,
    /// What the node set aside for the pod as a whole.
    #[prost(btree_map = "string, message", tag = "19")]
    #[serde(deserialize_with = "or_default")]
    pub allocated_resources: Quantities,
    /// What the pod as a whole really has.
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
    /// Since when.
    #[prost(message, required, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub last_transition_time: Time,
    /// Why, in one word (`Infeasible`).
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// Why, in a sentence.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub message: String,
}

/// The parts of `core/v1.ContainerStatus` that quotas charge by.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerStatus {
    /// The container's name.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Whether it takes traffic.
    #[prost(bool, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub ready: bool,
    /// What the node set aside for it.
    #[prost(btree_map = "string, message", tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub allocated_resources: Quantities,
    /// What it really has; absent until a kubelet that resizes in place has reported it.
    #[prost(message, optional, tag = "11")]
    pub resources: Option<ResourceRequirements>,
}
