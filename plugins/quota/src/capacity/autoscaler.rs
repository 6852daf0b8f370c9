//! Autoscalers that aim at a workload.

use serde::Serialize;
use serde_json::Value;
use shared::workload::autoscaler::max_replicas_for;

use super::Subject;

/// An autoscaler, and whether quotas let it reach its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Autoscaler {
    /// Its name.
    pub name: String,
    /// As many pods as it may make.
    pub max_replicas: usize,
    /// Whether so many fit.
    pub reachable: bool,
}

/// The autoscalers of the workload; `most` pods of it fit, any number if `None`.
pub fn of(subject: &Subject, most: Option<usize>) -> Vec<Autoscaler> {
    let all = aims_at(subject).into_iter();
    all.map(|(name, max_replicas)| Autoscaler {
        name,
        max_replicas,
        reachable: most.is_none_or(|most| max_replicas <= most),
    })
    .collect()
}

/// Name and most replicas of each autoscaler that aims at the workload.
pub fn aims_at(subject: &Subject) -> Vec<(String, usize)> {
    let manifest = &subject.manifest;
    let read = |one: &Value| {
        let most = max_replicas_for(one, &manifest.kind.kind, &manifest.name)?;
        Some((one["metadata"]["name"].as_str().unwrap_or_default().to_owned(), most))
    };
    subject.autoscalers.iter().filter_map(read).collect()
}
