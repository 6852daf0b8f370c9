//! Which fields of specs the API server misses or calls invalid, beside resources (`pkg/apis/apps/validation`,
//! `pkg/apis/batch/validation`, `pkg/apis/core/validation`): what is left out or mistyped most often.

use serde_json::Value;

use super::{
    metadata::{dns_label_error, metadata_complaints},
    quoted, written,
};
use crate::{
    manifest::{Manifest, json::text},
    model::kind::Kind,
    selector::object::matches,
};

const NOT_NEGATIVE: &str = "must be greater than or equal to 0";

/// Returns the complaints about an object's metadata and spec.
pub fn field_complaints(manifest: &Manifest) -> Vec<String> {
    let Manifest { kind, value, .. } = manifest;
    let spec = &value["spec"];
    let mut complaints = metadata_complaints(kind, &value["metadata"]);
    match (kind.group.as_str(), kind.kind.as_str()) {
        ("", "Pod") => complaints.extend(pod_complaints(spec, "spec")),
        ("", "Service") => complaints.extend(port_complaints(spec)),
        ("", "PersistentVolumeClaim") if is_empty(&spec["accessModes"]) => {
            complaints
                .push("spec.accessModes: Required value: at least 1 access mode is required".to_owned());
        }
        ("apps", "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet") => {
            complaints.extend(negative(spec, "spec", &["replicas"]));
            complaints.extend(selector_complaints(spec));
            complaints.extend(template_complaints(kind, &spec["template"], "spec.template"));
        }
        ("", "ReplicationController") => {
            complaints.extend(negative(spec, "spec", &["replicas"]));
            if !spec["template"].is_null() {
                complaints.extend(template_complaints(kind, &spec["template"], "spec.template"));
            }
        }
        ("batch", "Job") => complaints.extend(job_complaints(kind, spec, "spec")),
        ("batch", "CronJob") => {
            complaints.extend(schedule_complaint(text(&spec["schedule"])));
            complaints.extend(job_complaints(kind, &spec["jobTemplate"]["spec"], "spec.jobTemplate.spec"));
        }
        _ => {}
    }
    complaints
}

fn is_empty(list: &Value) -> bool {
    list.as_array().is_none_or(Vec::is_empty)
}

/// Returns the complaints about numbers below zero.
fn negative(spec: &Value, path: &str, fields: &[&str]) -> Vec<String> {
    let numbers = fields.iter().filter_map(|field| Some((field, spec[*field].as_i64()?)));
    let below = numbers.filter(|(_, number)| *number < 0);
    below.map(|(field, number)| format!("{path}.{field}: Invalid value: {number}: {NOT_NEGATIVE}")).collect()
}

/// Validates a selector and the labels that it is to select.
fn selector_complaints(spec: &Value) -> Vec<String> {
    let (selector, labels) = (&spec["selector"], &spec["template"]["metadata"]["labels"]);
    let mut complaints = Vec::new();
    let is_empty = |field: &str| match &selector[field] {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    };
    let is_none = selector.is_null();
    if is_none {
        complaints.push("spec.selector: Required value".to_owned());
    } else if is_empty("matchLabels") && is_empty("matchExpressions") {
        complaints
            .push("spec.selector: Invalid value: {}: empty selector is invalid for deployment".to_owned());
    }
    if is_none || !matches(selector, labels) {
        complaints.push(format!(
            "spec.template.metadata.labels: Invalid value: {}: `selector` does not match template `labels`",
            written(labels)
        ));
    }
    complaints
}

fn job_complaints(kind: &Kind, spec: &Value, path: &str) -> Vec<String> {
    let numbers = ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit"];
    let mut complaints = negative(spec, path, &numbers);
    complaints.extend(template_complaints(kind, &spec["template"], &format!("{path}.template")));
    complaints
}

fn template_complaints(kind: &Kind, template: &Value, path: &str) -> Vec<String> {
    let spec = &template["spec"];
    let mut complaints = pod_complaints(spec, &format!("{path}.spec"));
    let (policy, path) = (text(&spec["restartPolicy"]), format!("{path}.spec.restartPolicy"));
    match (kind.group.as_str(), policy) {
        ("batch", "" | "Always") => {
            complaints.push(format!("{path}: Required value: valid values: \"OnFailure\", \"Never\""));
        }
        ("batch", _) | (_, "" | "Always") => {}
        (_, other) => complaints
            .push(format!("{path}: Unsupported value: {}: supported values: \"Always\"", quoted(other))),
    }
    complaints
}

/// Validates the containers of a pod.
fn pod_complaints(spec: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if is_empty(&spec["containers"]) {
        complaints.push(format!("{path}.containers: Required value"));
    }
    let mut names: Vec<&str> = Vec::new();
    for list in ["containers", "initContainers"] {
        for (index, container) in spec[list].as_array().into_iter().flatten().enumerate() {
            let path = format!("{path}.{list}[{index}]");
            let name = text(&container["name"]);
            if name.is_empty() {
                complaints.push(format!("{path}.name: Required value"));
            } else if let Some(why) = dns_label_error(name) {
                complaints.push(format!("{path}.name: Invalid value: {}: {why}", quoted(name)));
            } else if names.contains(&name) {
                complaints.push(format!("{path}.name: Duplicate value: {}", quoted(name)));
            }
            names.push(name);
            if text(&container["image"]).is_empty() {
                complaints.push(format!("{path}.image: Required value"));
            }
            for (port, value) in container["ports"].as_array().into_iter().flatten().enumerate() {
                let path = format!("{path}.ports[{port}].containerPort");
                match value["containerPort"].as_i64().unwrap_or(0) {
                    0 => complaints.push(format!("{path}: Required value")),
                    1..=65535 => {}
                    other => complaints.push(format!(
                        "{path}: Invalid value: {other}: must be between 1 and 65535, inclusive"
                    )),
                }
            }
        }
    }
    complaints
}

/// Validates that the ports of a Service have names where there are several.
fn port_complaints(spec: &Value) -> Vec<String> {
    let ports: &[Value] = spec["ports"].as_array().map_or(&[], Vec::as_slice);
    if ports.is_empty() && text(&spec["type"]) != "ExternalName" && text(&spec["clusterIP"]) != "None" {
        return vec!["spec.ports: Required value".to_owned()];
    }
    let unnamed =
        ports.iter().enumerate().filter(|(_, port)| ports.len() > 1 && text(&port["name"]).is_empty());
    unnamed.map(|(index, _)| format!("spec.ports[{index}].name: Required value")).collect()
}

/// Validates the number of fields of a schedule, whose content is left to the server.
fn schedule_complaint(schedule: &str) -> Option<String> {
    if schedule.is_empty() {
        return Some("spec.schedule: Required value".to_owned());
    }
    let fields: Vec<_> = schedule.split_whitespace().collect();
    if schedule.starts_with('@') || schedule.contains("TZ=") || fields.len() == 5 {
        return None;
    }
    let (count, all) = (fields.len(), fields.join(" "));
    Some(format!(
        "spec.schedule: Invalid value: {}: expected exactly 5 fields, found {count}: [{all}]",
        quoted(schedule)
    ))
}
