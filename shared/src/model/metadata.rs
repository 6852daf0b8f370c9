//! The metadata of objects and of lists.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Time;
use super::nullable::or_default;

/// The parts of `metav1.ObjectMeta` that decisions need. No annotations and no managed fields: they
/// are the greater part of many objects.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ObjectMeta {
    /// Unique among the kind's objects in the namespace.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Empty for kinds without a namespace, and in manifests that leave it to the command line.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub namespace: String,
    /// Unique in the cluster for all time; empty in a manifest.
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub uid: String,
    /// The version of the object, comparable only for equality.
    #[prost(string, tag = "6")]
    #[serde(deserialize_with = "or_default")]
    pub resource_version: String,
    /// Counts changes of the wanted state; 0 where the kind doesn't count.
    #[prost(int64, tag = "7")]
    #[serde(deserialize_with = "or_default")]
    pub generation: i64,
    /// When the server stored it first; unset in a manifest.
    #[prost(message, required, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub creation_timestamp: Time,
    /// When the object is deleted at the latest, finalizers aside: the time of the deletion request plus the grace
    /// period. Set means terminating.
    #[prost(message, optional, tag = "9")]
    pub deletion_timestamp: Option<Time>,
    /// The grace period that was granted, in seconds.
    #[prost(int64, optional, tag = "10")]
    pub deletion_grace_period_seconds: Option<i64>,
    /// Labels by key.
    #[prost(btree_map = "string, string", tag = "11")]
    #[serde(deserialize_with = "or_default")]
    pub labels: BTreeMap<String, String>,
    /// Its owners; it is deleted with them.
    #[prost(message, repeated, tag = "13")]
    #[serde(deserialize_with = "or_default")]
    pub owner_references: Vec<OwnerReference>,
}

impl ObjectMeta {
    /// Returns the owner that manages the object, if one does (`metav1.GetControllerOf`).
    pub fn controller(&self) -> Option<&OwnerReference> {
        self.owner_references.iter().find(|owner| owner.controller == Some(true))
    }
}

/// `metav1.OwnerReference`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OwnerReference {
    /// The owner's kind.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    /// The owner's name, in the same namespace or without one.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The owner's uid.
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub uid: String,
    /// The owner's group and version.
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub api_version: String,
    /// Whether this owner manages the object; at most one does.
    #[prost(bool, optional, tag = "6")]
    pub controller: Option<bool>,
}

/// `metav1.ListMeta`: the metadata of a list.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListMeta {
    /// The version of the cluster that the list shows; a watch can continue from it.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub resource_version: String,
    /// The token for the next page; empty on the last.
    #[prost(string, tag = "3")]
    #[serde(rename = "continue", deserialize_with = "or_default")]
    pub continue_token: String,
    /// The number of objects after this page; unset with selectors.
    #[prost(int64, optional, tag = "4")]
    pub remaining_item_count: Option<i64>,
}

/// `metav1.LabelSelector`. Empty selects everything; its absence means something else at each place.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelSelector {
    /// Labels that must exist with these values.
    #[prost(btree_map = "string, string", tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub match_labels: BTreeMap<String, String>,
    /// Requirements that must hold as well.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// `metav1.LabelSelectorRequirement`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelSelectorRequirement {
    /// The label.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub operator: String,
    /// The values for `In` and `NotIn`.
    #[prost(string, repeated, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub values: Vec<String>,
}
