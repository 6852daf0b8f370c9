//! Which controllers of pods the API server calls invalid (`pkg/apis/apps/validation`; `ValidateReplicationControllerSpec`).

use serde_json::{Value, json};

use super::{
    claim::claim_spec_complaints,
    enumeration::{Enumeration, enumeration_complaints, supported_values, unsupported},
    fields::negative,
    metadata::labels_complaints,
    pod_spec::PodSpec,
    quoted,
    rollout_strategy::amount_complaints,
    selector::{label_selector_complaints, selector_as_printed},
    shape::{Rule, Shape, shape_complaints},
    written,
};
use crate::{
    admission::version::Version, manifest::json::text, model::kind::Kind, resources::PodResources,
    selector::object::matches,
};

const STATEFUL_SET: &[Shape] =
    &[Shape("ordinals.start", &[Rule::AtLeast(0)]), Shape("serviceName", &[Rule::Label])];

const RETENTION: &[Enumeration] = &[
    Enumeration::with_default("persistentVolumeClaimRetentionPolicy.whenDeleted", &["Retain", "Delete"]),
    Enumeration::with_default("persistentVolumeClaimRetentionPolicy.whenScaled", &["Retain", "Delete"]),
];

/// Returns the complaints about the spec of a controller. Claim templates are looked at only where `is_new`.
pub(super) fn controller_complaints(
    kind: &Kind,
    spec: &Value,
    resources: Option<&PodResources>,
    version: Version,
    is_new: bool,
) -> Vec<String> {
    let template =
        |claim_templates| template_complaints(&kind.kind, spec, resources, claim_templates, version);
    let mut complaints = Vec::new();
    match kind.kind.as_str() {
        "StatefulSet" => {
            complaints.extend(stateful_set_complaints(spec, version));
            complaints.extend(shape_complaints(spec, STATEFUL_SET, "spec"));
            let templates = &spec["volumeClaimTemplates"];
            for (index, template) in templates.as_array().into_iter().flatten().enumerate() {
                if is_new {
                    let path = format!("spec.volumeClaimTemplates[{index}].spec");
                    complaints.extend(claim_spec_complaints(&template["spec"], &path));
                }
            }
            complaints.extend(negative(spec, "spec", &["replicas", "minReadySeconds"]));
            let (of_selector, is_usable) = selector_complaints(spec, "statefulset", "");
            complaints.extend(of_selector);
            complaints.extend(match is_usable {
                true => template(templates),
                false => lasting_pod_complaints(&kind.kind, &spec["template"]["spec"]),
            });
        }
        "DaemonSet" => {
            complaints.extend(selector_complaints(spec, "daemonset", "").0);
            complaints.extend(template(&Value::Null));
            complaints.extend(negative(spec, "spec", &["minReadySeconds"]));
            let values = &["RollingUpdate", "OnDelete"];
            complaints.extend(strategy_complaint(spec, "updateStrategy", values));
            let strategy = &spec["updateStrategy"];
            complaints.extend(amount_complaints("DaemonSet", strategy, "spec.updateStrategy", version));
            complaints.extend(negative(spec, "spec", &["revisionHistoryLimit"]));
        }
        "ReplicationController" => {
            complaints.extend(negative(spec, "spec", &["replicas", "minReadySeconds"]));
            complaints.extend(replication_complaints(spec));
            if !spec["template"].is_null() {
                complaints.extend(template(&Value::Null));
            }
        }
        "Deployment" => {
            complaints.extend(negative(spec, "spec", &["replicas"]));
            let (of_selector, is_usable) =
                selector_complaints(spec, "deployment", ": invalid label selector");
            complaints.extend(of_selector);
            if is_usable {
                complaints.extend(template(&Value::Null));
            }
            complaints.extend(strategy_complaint(spec, "strategy", &["Recreate", "RollingUpdate"]));
            complaints.extend(amount_complaints("Deployment", &spec["strategy"], "spec.strategy", version));
            complaints.extend(negative(spec, "spec", &["minReadySeconds", "revisionHistoryLimit"]));
            complaints.extend(deadline_complaints(spec));
        }
        _ => {
            complaints.extend(negative(spec, "spec", &["replicas", "minReadySeconds"]));
            let (of_selector, is_usable) =
                selector_complaints(spec, "deployment", ": invalid label selector");
            complaints.extend(of_selector);
            if is_usable {
                complaints.extend(template(&Value::Null));
            }
        }
    }
    complaints
}

/// Validates how a StatefulSet makes and replaces its pods.
fn stateful_set_complaints(spec: &Value, version: Version) -> Vec<String> {
    let mut complaints = Vec::new();
    let management = text(&spec["podManagementPolicy"]);
    if !["", "OrderedReady", "Parallel"].contains(&management) {
        let value = quoted(management);
        complaints.push(format!(
            "spec.podManagementPolicy: Invalid value: {value}: must be 'OrderedReady' or 'Parallel'"
        ));
    }
    let strategy = &spec["updateStrategy"];
    if !["", "OnDelete", "RollingUpdate"].contains(&text(&strategy["type"])) {
        let value = strategy_as_printed(strategy, &[("Partition", "partition", json!(0)), MAX_UNAVAILABLE]);
        complaints.push(format!(
            "spec.updateStrategy: Invalid value: {value}: must be 'RollingUpdate' or 'OnDelete'"
        ));
    }
    complaints.extend(amount_complaints("StatefulSet", strategy, "spec.updateStrategy", version));
    complaints.extend(enumeration_complaints(spec, RETENTION, "spec"));
    complaints
}

/// Validates how long a rollout may take, which has a default (`ValidateDeploymentSpec`).
fn deadline_complaints(spec: &Value) -> Vec<String> {
    let deadline = spec["progressDeadlineSeconds"].as_i64().unwrap_or(600);
    let path = "spec.progressDeadlineSeconds: Invalid value";
    let below = (deadline < 0).then(|| format!("{path}: {deadline}: must be greater than or equal to 0"));
    let ready = spec["minReadySeconds"].as_i64().unwrap_or(0);
    let early =
        (deadline <= ready).then(|| format!("{path}: {deadline}: must be greater than minReadySeconds"));
    below.into_iter().chain(early).collect()
}

/// Validates the selector of a ReplicationController, which is that of its template where there is none
/// (`ValidateReplicationControllerSpec`).
fn replication_complaints(spec: &Value) -> Vec<String> {
    let (selector, template) = (&spec["selector"], &spec["template"]);
    let has = |labels: &Value| labels.as_object().is_some_and(|labels| !labels.is_empty());
    let labels = &template["metadata"]["labels"];
    let selector = if has(selector) { selector } else { labels };
    let mut complaints = Vec::new();
    if !has(selector) {
        complaints.push("spec.selector: Required value".to_owned());
    }
    if template.is_null() {
        complaints.push("spec.template: Required value".to_owned());
    } else if !matches(&json!({"matchLabels": selector}), labels) || !has(labels) {
        complaints.push(format!(
            "spec.template.metadata.labels: Invalid value: {}: `selector` does not match template `labels`",
            written(labels)
        ));
    }
    complaints
}

/// A field of a strategy, which is absent by default: its name in Go, its name in the API and its zero value.
type Part = (&'static str, &'static str, Value);

const MAX_UNAVAILABLE: Part = ("MaxUnavailable", "maxUnavailable", Value::Null);

/// Validates how pods are replaced.
fn strategy_complaint(spec: &Value, field: &str, values: &[&str]) -> Option<String> {
    let strategy = &spec[field];
    let kind = text(&strategy["type"]);
    if kind.is_empty() || values.contains(&kind) {
        return None;
    }
    let zero = json!(0);
    let parts = [("MaxUnavailable", "maxUnavailable", zero.clone()), ("MaxSurge", "maxSurge", zero)];
    Some(format!(
        "spec.{field}: Unsupported value: {}: supported values: {}",
        strategy_as_printed(strategy, &parts),
        supported_values(values)
    ))
}

/// Writes a strategy as the server prints it: with the names of Go's fields.
fn strategy_as_printed(strategy: &Value, parts: &[Part]) -> String {
    let rolling = &strategy["rollingUpdate"];
    let parts: Vec<_> = parts
        .iter()
        .map(|(printed, field, zero)| {
            let value = Some(&rolling[*field]).filter(|value| !value.is_null()).unwrap_or(zero);
            format!("\"{printed}\":{}", written(value))
        })
        .collect();
    let rolling = if rolling.is_null() { "null".to_owned() } else { format!("{{{}}}", parts.join(",")) };
    format!("{{\"Type\":{},\"RollingUpdate\":{rolling}}}", written(&strategy["type"]))
}

/// Validates a selector and the labels that it is to select, and returns whether the selector can be used. `suffix` ends
/// what the server says of one that can't.
fn selector_complaints(spec: &Value, controller: &str, suffix: &str) -> (Vec<String>, bool) {
    let (selector, labels) = (&spec["selector"], &spec["template"]["metadata"]["labels"]);
    let is_empty = |field: &str| match &selector[field] {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    };
    let is_none = selector.is_null();
    let mut complaints = label_selector_complaints(selector, "spec.selector");
    if !complaints.is_empty() {
        // A DaemonSet is judged without its selector.
        if controller != "daemonset" {
            let value = selector_as_printed(selector);
            complaints.push(format!("spec.selector: Invalid value: {value}{suffix}"));
        }
        return (complaints, false);
    }
    // A DaemonSet without one is told only that it does not match.
    if is_none {
        let required = (controller != "daemonset").then(|| "spec.selector: Required value".to_owned());
        complaints.extend(required);
    } else if is_empty("matchLabels") && is_empty("matchExpressions") {
        complaints
            .push(format!("spec.selector: Invalid value: {{}}: empty selector is invalid for {controller}"));
    }
    if is_none || !matches(selector, labels) {
        complaints.push(format!(
            "spec.template.metadata.labels: Invalid value: {}: `selector` does not match template `labels`",
            written(labels)
        ));
    }
    (complaints, true)
}

/// Validates the template of pods that never end.
fn template_complaints(
    controller: &str,
    spec: &Value,
    resources: Option<&PodResources>,
    claim_templates: &Value,
    version: Version,
) -> Vec<String> {
    let (path, pod) = (TEMPLATE, &spec["template"]["spec"]);
    let labels = &spec["template"]["metadata"]["labels"];
    let mut complaints = labels_complaints(labels, "spec.template.labels");
    complaints.extend(
        PodSpec { spec: pod, name: "", labels: &Value::Null, path, resources, claim_templates, version }
            .complaints(),
    );
    complaints.extend(lasting_pod_complaints(controller, pod));
    complaints
}

const TEMPLATE: &str = "spec.template.spec";

/// Validates what pods that never end can't have.
fn lasting_pod_complaints(controller: &str, pod: &Value) -> Vec<String> {
    let path = TEMPLATE;
    let mut complaints = Vec::new();
    let policy = text(&pod["restartPolicy"]);
    if !["", "Always"].contains(&policy) {
        complaints.push(unsupported(policy, &["Always"], &format!("{path}.restartPolicy")));
    }
    if !pod["activeDeadlineSeconds"].is_null() {
        let controller = if controller == "Deployment" { "ReplicaSet" } else { controller };
        complaints.push(format!(
            "{path}.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in {controller} is not Supported"
        ));
    }
    complaints
}
