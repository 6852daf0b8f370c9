//! `core/v1.Affinity`, required terms only: what is preferred keeps no pod from a node.

use serde::Deserialize;

use super::super::nullable::or_default;
use super::super::{LabelSelector, NodeSelector};

/// Affinity to nodes and to other pods.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WideAffinity {
    /// Affinity to nodes.
    #[prost(message, optional, tag = "1")]
    pub node_affinity: Option<NodeAffinity>,
    /// Affinity to pods.
    #[prost(message, optional, tag = "2")]
    pub pod_affinity: Option<PodRelation>,
    /// Anti-affinity to pods.
    #[prost(message, optional, tag = "3")]
    pub pod_anti_affinity: Option<PodRelation>,
}

/// `core/v1.NodeAffinity`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeAffinity {
    /// The nodes it may run on.
    #[prost(message, optional, tag = "1")]
    pub required_during_scheduling_ignored_during_execution: Option<NodeSelector>,
}

/// `core/v1.PodAffinity` and `core/v1.PodAntiAffinity`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodRelation {
    /// The terms, all of which must hold.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub required_during_scheduling_ignored_during_execution: Vec<RelatedPodTerm>,
}

/// `core/v1.PodAffinityTerm`. The API server has merged `matchLabelKeys` and `mismatchLabelKeys` into the selector
/// (`applyMatchLabelKeysAndMismatchLabelKeys` in `pkg/registry/core/pod/strategy.go`).
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RelatedPodTerm {
    /// The pods the term refers to; absent means none.
    #[prost(message, optional, tag = "1")]
    pub label_selector: Option<LabelSelector>,
    /// The namespaces they are in.
    #[prost(string, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub namespaces: Vec<String>,
    /// The node label whose value nodes of one topology share.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub topology_key: String,
    /// The namespaces by label; absent and empty differ.
    #[prost(message, optional, tag = "4")]
    pub namespace_selector: Option<LabelSelector>,
    /// Labels of the pod itself that the others must have too.
    #[prost(string, repeated, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub match_label_keys: Vec<String>,
    /// Labels of the pod itself that the others must not have.
    #[prost(string, repeated, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub mismatch_label_keys: Vec<String>,
}
