//! Which names and labels the API server calls invalid (`ValidateObjectMeta` in apimachinery).

use serde_json::Value;

use super::{
    name::{LABEL_VALUE, SUBDOMAIN, is_subdomain, label_key_complaints},
    plain,
};
use crate::{manifest::json::text, model::kind::Kind};

pub(super) const DNS_LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/// Kinds whose names are DNS subdomains.
const SUBDOMAINS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "ConfigMap",
            "Endpoints",
            "LimitRange",
            "PersistentVolumeClaim",
            "Pod",
            "ResourceQuota",
            "Secret",
            "ServiceAccount",
        ],
    ),
    ("apps", &["DaemonSet", "Deployment", "ReplicaSet"]),
    ("autoscaling", &["HorizontalPodAutoscaler"]),
    ("batch", &["CronJob", "Job"]),
    ("networking.k8s.io", &["Ingress", "NetworkPolicy"]),
    ("coordination.k8s.io", &["Lease"]),
    ("resource.k8s.io", &["ResourceClaim", "ResourceClaimTemplate"]),
    ("scheduling.k8s.io", &["PriorityClass"]),
    ("storage.k8s.io", &["StorageClass"]),
];

/// Kinds whose names are DNS labels.
const LABELS: &[(&str, &[&str])] = &[("", &["Namespace"]), ("apps", &["StatefulSet"])];

/// Returns the complaints about the metadata of a new object.
pub fn metadata_complaints(kind: &Kind, metadata: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    let (name, start) = (text(&metadata["name"]), text(&metadata["generateName"]));
    // A LimitRange gets a name of its own (`PrepareForCreate` in `pkg/registry/core/limitrange`).
    let is_named = kind.is("", "LimitRange");
    if name.is_empty() && start.is_empty() && !is_named {
        complaints.push("metadata.name: Required value: name or generateName is required".to_owned());
    } else if !name.is_empty() {
        complaints.extend(name_complaint(kind, name));
    }
    complaints.extend(labels_complaints(&metadata["labels"], "metadata.labels"));
    for (name, _) in metadata["annotations"].as_object().into_iter().flatten() {
        complaints.extend(label_key_complaints(&name.to_lowercase(), "metadata.annotations"));
    }
    complaints
}

/// Validates a name; kinds with rules of their own are not looked at.
fn name_complaint(kind: &Kind, name: &str) -> Option<String> {
    let is_in = |kinds: &[(&str, &[&str])]| {
        kinds.iter().any(|(group, names)| *group == kind.group && names.contains(&kind.kind.as_str()))
    };
    if kind.is("", "ReplicationController") {
        // Of these the limit is counted in other words (declarative validation).
        let complaint = subdomain_complaint(name, "metadata.name");
        return complaint.map(|why| why.replace("no more than 253 characters", "no more than 253 bytes"));
    }
    if is_in(SUBDOMAINS) {
        return subdomain_complaint(name, "metadata.name");
    }
    let why = dns_label_error(name).filter(|_| is_in(LABELS))?;
    Some(format!("metadata.name: Invalid value: {}: {why}", plain(name)))
}

/// Validates a DNS subdomain (`IsDNS1123Subdomain`).
pub(super) fn subdomain_complaint(name: &str, path: &str) -> Option<String> {
    subdomain_error(name).map(|why| format!("{path}: Invalid value: {}: {why}", plain(name)))
}

/// Returns why a text is not a DNS subdomain.
pub(super) fn subdomain_error(name: &str) -> Option<&'static str> {
    match (name.len() > 253, is_subdomain(name)) {
        (true, _) => Some("must be no more than 253 characters"),
        (false, false) => Some(SUBDOMAIN),
        (false, true) => None,
    }
}

/// Validates labels (`ValidateLabels`).
pub(super) fn labels_complaints(labels: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (key, value) in labels.as_object().into_iter().flatten() {
        complaints.extend(label_key_complaints(key, path));
        complaints.extend(label_value_complaint(text(value), path));
    }
    complaints
}

/// Returns why a text is not a DNS label (`IsDNS1123Label`).
pub(super) fn dns_label_error(text: &str) -> Option<&'static str> {
    match (text.len() > 63, is_subdomain(text), text.contains('.')) {
        (true, ..) => Some("must be no more than 63 characters"),
        (false, false, _) => Some(DNS_LABEL),
        (false, true, true) => Some("must not contain dots"),
        (false, true, false) => None,
    }
}

/// Validates the value of a label.
pub(super) fn label_value_complaint(value: &str, path: &str) -> Option<String> {
    label_value_error(value).map(|why| format!("{path}: Invalid value: {}: {why}", plain(value)))
}

/// Returns why a text is not the value of a label (`IsValidLabelValue`).
pub(super) fn label_value_error(value: &str) -> Option<&'static str> {
    let is_end = |byte: &u8| byte.is_ascii_alphanumeric();
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let bytes = value.as_bytes();
    let is_valid = bytes.is_empty()
        || (bytes.first().is_some_and(is_end)
            && bytes.last().is_some_and(is_end)
            && bytes.iter().all(|byte| is_inner(*byte)));
    match (value.len() > 63, is_valid) {
        (true, _) => Some("must be no more than 63 bytes"),
        (false, false) => Some(LABEL_VALUE),
        (false, true) => None,
    }
}
