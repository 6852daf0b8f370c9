//! `core/v1.Affinity`, the parts that relate a pod to others.

use serde::Deserialize;

use super::LabelSelector;
use super::nullable::or_default;

/// Affinity to other pods. Node affinity is left out.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Affinity {
    /// Affinity.
    #[prost(message, optional, tag = "2")]
    pub pod_affinity: Option<PodAffinity>,
    /// Anti-affinity; `core/v1.PodAntiAffinity` has the same fields.
    #[prost(message, optional, tag = "3")]
    pub pod_anti_affinity: Option<PodAffinity>,
}

impl Affinity {
    /// Returns every term, required and preferred, of affinity and anti-affinity.
    pub fn terms(&self) -> impl Iterator<Item = &PodAffinityTerm> {
        self.pod_affinity.iter().chain(&self.pod_anti_affinity).flat_map(|affinity| {
            let preferred = affinity.preferred_during_scheduling_ignored_during_execution.iter();
            affinity
                .required_during_scheduling_ignored_during_execution
                .iter()
                .chain(preferred.map(|weighted| &weighted.pod_affinity_term))
        })
    }
}

/// `core/v1.PodAffinity` and `core/v1.PodAntiAffinity`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodAffinity {
    /// Required terms.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub required_during_scheduling_ignored_during_execution: Vec<PodAffinityTerm>,
    /// Preferred terms.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub preferred_during_scheduling_ignored_during_execution: Vec<WeightedPodAffinityTerm>,
}

/// `core/v1.WeightedPodAffinityTerm`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WeightedPodAffinityTerm {
    /// 1 to 100.
    #[prost(int32, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub weight: i32,
    /// The term.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub pod_affinity_term: PodAffinityTerm,
}

/// `core/v1.PodAffinityTerm`. The scope `CrossNamespacePodAffinity` matches a pod with any term that
/// has `namespaces` or a `namespaceSelector`, even `{}` or its own namespace.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodAffinityTerm {
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
}
