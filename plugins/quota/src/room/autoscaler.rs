//! Autoscalers that aim at a workload.

use serde::Serialize;
use serde_json::Value;

use super::subject::Subject;

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
    let aims = |one: &&Value| {
        let target = &one["spec"]["scaleTargetRef"];
        target["kind"] == *manifest.kind.kind && target["name"] == *manifest.name
    };
    let read = |one: &Value| {
        let max_replicas =
            one["spec"]["maxReplicas"].as_u64().and_then(|max| usize::try_from(max).ok()).unwrap_or(0);
        Autoscaler {
            name: one["metadata"]["name"].as_str().unwrap_or_default().to_owned(),
            max_replicas,
            reachable: most.is_none_or(|most| max_replicas <= most),
        }
    };
    subject.autoscalers.iter().filter(aims).map(read).collect()
}
