//! `core/v1.NodeSelector`: nodes by label and by name.

use serde::Deserialize;

use super::nullable::or_default;

/// `core/v1.NodeSelector`: any of its terms.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSelector {
    /// The terms, one of which must hold.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub node_selector_terms: Vec<NodeSelectorTerm>,
}

/// `core/v1.NodeSelectorTerm`: all of its requirements; without any it matches nothing.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSelectorTerm {
    /// Requirements on labels.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub match_expressions: Vec<NodeSelectorRequirement>,
    /// Requirements on fields; `metadata.name` is the only one.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub match_fields: Vec<NodeSelectorRequirement>,
}

/// `core/v1.NodeSelectorRequirement`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NodeSelectorRequirement {
    /// The label or field.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub key: String,
    /// `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub operator: String,
    /// The values to compare with.
    #[prost(string, repeated, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub values: Vec<String>,
}
