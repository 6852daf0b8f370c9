//! `core/v1.LimitRange`.

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{ObjectMeta, Quantities};

/// Bounds and defaults for every container, pod or claim of a namespace.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LimitRange {
    /// Name, namespace, labels.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// The bounds.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: LimitRangeSpec,
}

built_in!(LimitRange, "", "v1", "limitranges", "LimitRange", namespaced);

/// `core/v1.LimitRangeSpec`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LimitRangeSpec {
    /// At most one item per type.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub limits: Vec<LimitRangeItem>,
}

/// `core/v1.LimitRangeItem`: the bounds for one type of object.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LimitRangeItem {
    /// `Container`, `Pod` or `PersistentVolumeClaim`.
    #[prost(string, tag = "1")]
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// The maximum of limits.
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub max: Quantities,
    /// The minimum of requests.
    #[prost(btree_map = "string, message", tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub min: Quantities,
    /// The limit of a container that sets none.
    #[prost(btree_map = "string, message", tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub default: Quantities,
    /// The request of a container that sets none.
    #[prost(btree_map = "string, message", tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub default_request: Quantities,
    /// The maximum of limit divided by request.
    #[prost(btree_map = "string, message", tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub max_limit_request_ratio: Quantities,
}
