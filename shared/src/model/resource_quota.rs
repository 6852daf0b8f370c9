//! `core/v1.ResourceQuota`.

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{ObjectMeta, Quantities};

/// A quota: the limits of a namespace, and what is charged.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceQuota {
    /// Name, namespace, labels.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// The desired limits.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: ResourceQuotaSpec,
    /// The enforced limits. Empty until the controller has written it; nothing is enforced until then.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: ResourceQuotaStatus,
}

built_in!(ResourceQuota, "", "v1", "resourcequotas", "ResourceQuota", namespaced);

/// `core/v1.ResourceQuotaSpec`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceQuotaSpec {
    /// The limits by resource name.
    #[prost(btree_map = "string, message", tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub hard: Quantities,
    /// Which pods or claims count; all of them must match (`BestEffort`, `Terminating`, …).
    #[prost(string, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub scopes: Vec<String>,
    /// Scopes with operators and values, in addition to `scopes`.
    #[prost(message, optional, tag = "3")]
    pub scope_selector: Option<ScopeSelector>,
}

/// `core/v1.ResourceQuotaStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceQuotaStatus {
    /// The limits the API server enforces; differs from the spec's while the controller is behind.
    #[prost(btree_map = "string, message", tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub hard: Quantities,
    /// What is charged.
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub used: Quantities,
}

/// `core/v1.ScopeSelector`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScopeSelector {
    /// Requirements that all must hold.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub match_expressions: Vec<ScopedResourceSelectorRequirement>,
}

/// `core/v1.ScopedResourceSelectorRequirement`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScopedResourceSelectorRequirement {
    /// `PriorityClass`, `CrossNamespacePodAffinity`, `VolumeAttributesClass`, …
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub scope_name: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub operator: String,
    /// The values for `In` and `NotIn`.
    #[prost(string, repeated, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub values: Vec<String>,
}
