//! Autoscalers that aim at a workload.

use serde::Serialize;
use serde_json::Value;

use super::subject::Subject;
use crate::facts::reach_of;

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
    let manifest = &subject.manifest;
    let read = |one: &Value| {
        let max_replicas = reach_of(one, &manifest.kind.kind, &manifest.name)?;
        Some(Autoscaler {
            name: one["metadata"]["name"].as_str().unwrap_or_default().to_owned(),
            max_replicas,
            reachable: most.is_none_or(|most| max_replicas <= most),
        })
    };
    subject.autoscalers.iter().filter_map(read).collect()
}
