//! `scheduling.k8s.io/v1.PriorityClass`.

use serde::Deserialize;

use super::ObjectMeta;
use super::nullable::or_default;
use super::resource::built_in;

/// A priority class.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PriorityClass {
    /// The name.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// The priority of its pods.
    #[prost(int32, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub value: i32,
    /// Whether pods without a class get it.
    #[prost(bool, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub global_default: bool,
    /// `Never` or `PreemptLowerPriority`; absent means the latter.
    #[prost(string, optional, tag = "5")]
    pub preemption_policy: Option<String>,
}

built_in!(PriorityClass, "scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", cluster);
