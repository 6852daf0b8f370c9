//! Terminating pods of a workload: quotas charge them until they are deleted.

use serde_json::Value;

use crate::{
    Result,
    admission::{
        object::{Object, ObjectKind},
        read_object::pod_object,
    },
    client::{
        Client, ListOptions, Scope,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::Manifest,
    model::{Pod, Resource},
};

/// Reads the terminating pods of a workload from a cluster, or says that pods may not be listed.
///
/// # Errors
/// Errors other than a refusal.
pub async fn read(
    client: &Client,
    manifest: &Manifest,
    present: Option<&Value>,
) -> Result<(Vec<Object>, Vec<Skipped>)> {
    let mut skipped = Vec::new();
    let Some(label_selector) = present.and_then(selector) else { return Ok((Vec::new(), skipped)) };
    let options = ListOptions { label_selector: Some(label_selector), ..ListOptions::default() };
    let pods = client.list_all::<Pod>(&Scope::Namespace(manifest.namespace.clone()), &options).await;
    let pods = unless_forbidden(pods, &mut skipped, "list", Pod::PLURAL, &manifest.namespace)?;
    Ok((among(&pods.unwrap_or_default(), client.server_time()), skipped))
}

/// Returns whether a workload's selector selects a pod.
pub fn is_pod_of(pod: &Value, workload: &Value) -> bool {
    labels(workload)
        .is_some_and(|labels| labels.iter().all(|(label, value)| pod["metadata"]["labels"][label] == *value))
}

/// Finds the terminating pods of a workload among the pods of a dump.
pub fn from_dump(pods: &[Value], manifest: &Manifest, present: Option<&Value>, now: i64) -> Vec<Object> {
    let Some(labels) = present.and_then(|present| labels(present).cloned()) else { return Vec::new() };
    let selected = pods.iter().filter(|pod| {
        pod["metadata"]["namespace"] == *manifest.namespace
            && labels.iter().all(|(label, value)| pod["metadata"]["labels"][label] == *value)
    });
    let pods: Vec<Pod> = selected.filter_map(|pod| serde_json::from_value(pod.clone()).ok()).collect();
    among(&pods, now)
}

/// Finds the terminating pods of a workload among all pods of its namespace or of the cluster.
pub fn of_workload(pods: &[Pod], namespace: &str, workload: &Value, now: i64) -> Vec<Object> {
    let Some(labels) = labels(workload) else { return Vec::new() };
    let selected = pods.iter().filter(|pod| {
        let own = &pod.metadata.labels;
        pod.metadata.namespace == namespace
            && labels.iter().all(|(label, value)| own.get(label).map(String::as_str) == value.as_str())
    });
    among(selected, now)
}

/// Returns the pods that are being deleted and still count.
fn among<'a>(pods: impl IntoIterator<Item = &'a Pod>, now: i64) -> Vec<Object> {
    let leaving = pods.into_iter().filter(|pod| pod.metadata.deletion_timestamp.is_some());
    let objects = leaving.filter_map(|pod| pod_object(pod, now).ok());
    objects.filter(|object| matches!(&object.body, ObjectKind::Pod(pod) if !pod.released)).collect()
}

/// Returns the labels that select a workload's pods.
fn labels(workload: &Value) -> Option<&serde_json::Map<String, Value>> {
    let selector = &workload["spec"]["selector"];
    // A ReplicationController's selector is a plain map of labels.
    let plain = || selector.as_object().filter(|_| selector["matchExpressions"].is_null());
    selector["matchLabels"].as_object().or_else(plain)
}

/// Returns the selector of a workload's pods, as the API takes it.
pub fn selector(workload: &Value) -> Option<String> {
    let pairs = labels(workload)?.iter().map(|(label, value)| Some(format!("{label}={}", value.as_str()?)));
    let pairs: Option<Vec<_>> = pairs.collect();
    pairs.map(|pairs| pairs.join(",")).filter(|selector| !selector.is_empty())
}
