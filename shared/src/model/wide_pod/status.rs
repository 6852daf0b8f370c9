//! `core/v1.PodStatus`.

use serde::Deserialize;

use super::super::nullable::or_default;
use super::super::{PodCondition, Quantities, ResourceRequirements, Time};

/// The parts of `core/v1.PodStatus` that tell whether and why a pod is not as wanted.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WidePodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub phase: String,
    /// Ready, scheduled, resize pending and the like.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub conditions: Vec<PodCondition>,
    /// Why it failed, in one word (`Evicted`).
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// When a kubelet acknowledged it.
    #[prost(message, optional, tag = "7")]
    pub start_time: Option<Time>,
    /// The state of the regular containers.
    #[prost(message, repeated, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub container_statuses: Vec<WideContainerStatus>,
    /// The state of the init containers.
    #[prost(message, repeated, tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub init_container_statuses: Vec<WideContainerStatus>,
    /// The node where it preempts others; empty for none.
    #[prost(string, tag = "11")]
    #[serde(deserialize_with = "or_default")]
    pub nominated_node_name: String,
    /// The pod-level resources that the node has allocated.
    #[prost(btree_map = "string, message", tag = "19")]
    #[serde(deserialize_with = "or_default")]
    pub allocated_resources: Quantities,
    /// The pod-level resources in effect.
    #[prost(message, optional, tag = "20")]
    pub resources: Option<ResourceRequirements>,
}

impl WidePodStatus {
    /// Returns the condition of this type, if there is one.
    pub fn condition(&self, kind: &str) -> Option<&PodCondition> {
        self.conditions.iter().find(|condition| condition.kind == kind)
    }
}

/// The parts of `core/v1.ContainerStatus` about resources and health.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WideContainerStatus {
    /// The container's name.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Its state.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub state: ContainerState,
    /// Whether it is ready.
    #[prost(bool, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub ready: bool,
    /// How often it was restarted.
    #[prost(int32, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub restart_count: i32,
    /// The resources that the node has allocated.
    #[prost(btree_map = "string, message", tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub allocated_resources: Quantities,
    /// The resources in effect; absent until a kubelet that resizes in place has reported them.
    #[prost(message, optional, tag = "11")]
    pub resources: Option<ResourceRequirements>,
}

/// The parts of `core/v1.ContainerState` that say why a container does not run.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerState {
    /// Why it does not run yet.
    #[prost(message, optional, tag = "1")]
    pub waiting: Option<Waiting>,
    /// How it ended.
    #[prost(message, optional, tag = "3")]
    pub terminated: Option<Terminated>,
}

/// `core/v1.ContainerStateWaiting`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Waiting {
    /// In one word (`CrashLoopBackOff`).
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// In a sentence.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub message: String,
}

/// The parts of `core/v1.ContainerStateTerminated` that say how a container ended.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Terminated {
    /// Its exit status.
    #[prost(int32, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub exit_code: i32,
    /// In one word (`OOMKilled`).
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
}
