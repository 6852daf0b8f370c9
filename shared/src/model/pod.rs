//! `core/v1.Pod`: its metadata and spec.

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{Affinity, ObjectMeta, PodStatus, Quantities};

/// A pod, as far as quotas and drains look at it.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Pod {
    /// Name, namespace, labels, owners, deletion.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// The desired state.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: PodSpec,
    /// The observed state.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: PodStatus,
}

built_in!(Pod, "", "v1", "pods", "Pod", namespaced);

/// The parts of `core/v1.PodSpec` about a pod's resources and its node.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodSpec {
    /// The regular containers.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub containers: Vec<Container>,
    /// The grace period of a termination, in seconds.
    #[prost(int64, optional, tag = "4")]
    pub termination_grace_period_seconds: Option<i64>,
    /// If set, the pod has the quota scope `Terminating`.
    #[prost(int64, optional, tag = "5")]
    pub active_deadline_seconds: Option<i64>,
    /// The node it is bound to; empty while it waits.
    #[prost(string, tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub node_name: String,
    /// Its affinity to other pods.
    #[prost(message, optional, tag = "18")]
    pub affinity: Option<Affinity>,
    /// The init containers, sidecars included, in order.
    #[prost(message, repeated, tag = "20")]
    #[serde(deserialize_with = "or_default")]
    pub init_containers: Vec<Container>,
    /// Its priority class; empty for none.
    #[prost(string, tag = "24")]
    #[serde(deserialize_with = "or_default")]
    pub priority_class_name: String,
    /// Its runtime class, whose overhead the API server adds; empty and absent differ.
    #[prost(string, optional, tag = "29")]
    pub runtime_class_name: Option<String>,
    /// The overhead beyond its containers, from its RuntimeClass.
    #[prost(btree_map = "string, message", tag = "32")]
    #[serde(deserialize_with = "or_default")]
    pub overhead: Quantities,
    /// The pod-level requests and limits.
    #[prost(message, optional, tag = "40")]
    pub resources: Option<ResourceRequirements>,
}

/// The parts of `core/v1.Container` about its resources.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Container {
    /// Unique in the pod.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Requests and limits.
    #[prost(message, required, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub resources: ResourceRequirements,
    /// `Always` on an init container makes it a sidecar.
    #[prost(string, optional, tag = "24")]
    pub restart_policy: Option<String>,
}

/// `core/v1.ResourceRequirements`, without claims.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceRequirements {
    /// The limits.
    #[prost(btree_map = "string, message", tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub limits: Quantities,
    /// The requests.
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub requests: Quantities,
}
