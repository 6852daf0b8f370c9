//! `policy/v1.PodDisruptionBudget`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{IntOrString, LabelSelector, ObjectMeta, Time};

/// A budget: how many of some pods may be disrupted.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodDisruptionBudget {
    /// Name, namespace, generation, owners.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: PodDisruptionBudgetSpec,
    /// What the disruption controller computed last.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: PodDisruptionBudgetStatus,
}

built_in!(PodDisruptionBudget, "policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", namespaced);

/// `policy/v1.PodDisruptionBudgetSpec`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodDisruptionBudgetSpec {
    /// How many pods must stay healthy, as a number or a percentage.
    #[prost(message, optional, tag = "1")]
    pub min_available: Option<IntOrString>,
    /// Which pods it covers: an empty selector all of the namespace, an absent one none.
    #[prost(message, optional, tag = "2")]
    pub selector: Option<LabelSelector>,
    /// How many pods may be missing, as a number or a percentage.
    #[prost(message, optional, tag = "3")]
    pub max_unavailable: Option<IntOrString>,
    /// `IfHealthyBudget` (also where absent) or `AlwaysAllow`: which pods that are not Ready may be evicted.
    #[prost(string, optional, tag = "4")]
    pub unhealthy_pod_eviction_policy: Option<String>,
}

/// `policy/v1.PodDisruptionBudgetStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodDisruptionBudgetStatus {
    /// The generation that the controller has seen.
    #[prost(int64, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub observed_generation: i64,
    /// Pods whose eviction was accepted and not yet observed, by name, with the time of the eviction.
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub disrupted_pods: BTreeMap<String, Time>,
    /// How many pods may be evicted now.
    #[prost(int32, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub disruptions_allowed: i32,
    /// How many pods are healthy.
    #[prost(int32, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub current_healthy: i32,
    /// How many pods must be healthy.
    #[prost(int32, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub desired_healthy: i32,
    /// How many pods there should be.
    #[prost(int32, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub expected_pods: i32,
    /// `DisruptionAllowed`, with the reason `SyncFailed` where the controller could not compute the rest.
    #[prost(message, repeated, tag = "7")]
    #[serde(deserialize_with = "or_default")]
    pub conditions: Vec<Condition>,
}

impl PodDisruptionBudgetStatus {
    /// Returns the condition of this type, if there is one.
    pub fn condition(&self, kind: &str) -> Option<&Condition> {
        self.conditions.iter().find(|condition| condition.kind == kind)
    }
}

/// The parts of `metav1.Condition` that decide.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Condition {
    /// `DisruptionAllowed`.
    #[prost(string, tag = "1")]
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// The reason, in one word (`SyncFailed`).
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// The reason, in a sentence.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub message: String,
}
