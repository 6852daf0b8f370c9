//! `core/v1.Namespace`.

use serde::Deserialize;

use super::ObjectMeta;
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
    /// Its phase.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: NamespaceStatus,
}

built_in!(Namespace, "", "v1", "namespaces", "Namespace", cluster);

/// `core/v1.NamespaceStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NamespaceStatus {
    /// `Active` or `Terminating`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub phase: String,
}
