//! `core/v1.Namespace`.

use serde::Deserialize;

use super::ObjectMeta;
use super::Time;
use super::nullable::or_default;
use super::resource::built_in;

/// A namespace.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Namespace {
    /// Name, labels, deletion.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What holds it while it is deleted.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: NamespaceSpec,
    /// Its phase.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: NamespaceStatus,
}

built_in!(Namespace, "", "v1", "namespaces", "Namespace", cluster);

/// `core/v1.NamespaceSpec`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NamespaceSpec {
    /// What has to be done before it is gone: `kubernetes` is the deletion of what is in it.
    #[prost(string, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub finalizers: Vec<String>,
}

/// `core/v1.NamespaceStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NamespaceStatus {
    /// `Active` or `Terminating`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub phase: String,
    /// How far the deletion is, of one that is being deleted.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub conditions: Vec<NamespaceCondition>,
}

/// `core/v1.NamespaceCondition`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NamespaceCondition {
    /// `NamespaceContentRemaining`, `NamespaceFinalizersRemaining`, `NamespaceDeletionDiscoveryFailure`, …
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
    /// The reason, in a sentence.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub message: String,
}
