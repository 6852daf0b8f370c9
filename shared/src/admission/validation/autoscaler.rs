//! Which HorizontalPodAutoscalers the API server calls invalid (`pkg/apis/autoscaling/validation`).

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints},
    metadata::dns_label_error,
    name::container_name_complaints,
    plain, quoted,
};
use crate::{admission::version::Version, manifest::json::text, quantity::Quantity};

const TYPES: &[Enumeration] =
    &[Enumeration::always("type", &["ContainerResource", "External", "Object", "Pods", "Resource"])];

/// The fields of a metric in the order in which the server looks for the first that is there, each with its type.
const SOURCES: &[(&str, &str)] = &[
    ("object", "Object"),
    ("external", "External"),
    ("pods", "Pods"),
    ("resource", "Resource"),
    ("containerResource", "ContainerResource"),
];

const SELECT_POLICY: &[Enumeration] = &[Enumeration::optional("selectPolicy", &["Disabled", "Max", "Min"])];

const POLICY_TYPE: &[Enumeration] = &[Enumeration::always("type", &["Percent", "Pods"])];

/// `MaxStabilizationWindowSeconds` and `MaxPeriodSeconds`.
const LONGEST_WINDOW: i64 = 3600;
const LONGEST_PERIOD: i64 = 1800;

/// Returns the complaints about the spec of an autoscaler, of which `old` was the spec before. Metrics and behaviour are those
/// of `autoscaling/v2`.
pub(super) fn autoscaler_complaints(spec: &Value, old: Option<&Value>, version: Version) -> Vec<String> {
    let mut complaints = bounds_complaints(spec, old, version);
    let target = &spec["scaleTargetRef"];
    let before = old.map(|old| &old["scaleTargetRef"]);
    let keeps_version = before.is_some_and(|old| {
        text(&old["apiVersion"]) == text(&target["apiVersion"]) && text(&old["kind"]) == text(&target["kind"])
    });
    let may_be_core = target["kind"] == "ReplicationController";
    complaints.extend(reference_complaints(target, "spec.scaleTargetRef", keeps_version, may_be_core));
    complaints.extend(metric_complaints(spec));
    for direction in ["scaleUp", "scaleDown"] {
        let rules = &spec["behavior"][direction];
        complaints.extend(scaling_complaints(rules, &format!("spec.behavior.{direction}")));
    }
    complaints
}

/// Validates the minimum and the maximum.
fn bounds_complaints(spec: &Value, old: Option<&Value>, version: Version) -> Vec<String> {
    let (least, most) =
        (Some(spec["minReplicas"].as_i64().unwrap_or(1)), spec["maxReplicas"].as_i64().unwrap_or(0));
    let may_be_zero = version.scales_to_zero() || old.is_some_and(|old| old["minReplicas"] == 0);
    let lowest = if may_be_zero { 0 } else { 1 };
    let mut complaints = Vec::new();
    if let Some(least) = least.filter(|least| *least < lowest) {
        complaints.push(format!(
            "spec.minReplicas: Invalid value: {least}: must be greater than or equal to {lowest}"
        ));
    }
    match (version.requires_maximum_by_name(), most) {
        (_, 1..) => {}
        (true, 0) => {
            let why = match version.explains_required_values() {
                true => ": must be set and greater than 0",
                false => "",
            };
            complaints.push(format!("spec.maxReplicas: Required value{why}"));
        }
        (true, _) => complaints
            .push(format!("spec.maxReplicas: Invalid value: {most}: must be greater than or equal to 1")),
        (false, _) => {
            complaints.push(format!("spec.maxReplicas: Invalid value: {most}: must be greater than 0"));
        }
    }
    if least.is_some_and(|least| most < least) {
        complaints.push(format!(
            "spec.maxReplicas: Invalid value: {most}: must be greater than or equal to `minReplicas`"
        ));
    }
    complaints
}

/// Validates a reference to an object of any kind (`ValidateCrossVersionObjectReference`).
fn reference_complaints(
    reference: &Value,
    path: &str,
    keeps_version: bool,
    may_be_core: bool,
) -> Vec<String> {
    let mut complaints = Vec::new();
    for field in ["kind", "name"] {
        complaints.extend(segment_complaints(text(&reference[field]), &format!("{path}.{field}"), ""));
    }
    let version = text(&reference["apiVersion"]);
    let invalid = |why: &str| format!("{path}.apiVersion: Invalid value: {}: {why}", plain(version));
    let group = match version.split('/').collect::<Vec<_>>().as_slice() {
        _ if keeps_version => return complaints,
        ["", ""] | [_] => "",
        [group, _] => *group,
        _ => {
            complaints.push(invalid(&format!("unexpected GroupVersion string: {version}")));
            return complaints;
        }
    };
    if group.is_empty() && !may_be_core {
        complaints.push(invalid("apiVersion must specify API group"));
    }
    complaints
}

/// Validates a name that is to be part of a path (`IsPathSegmentName`). `missing` explains why there has to be one.
fn segment_complaints(name: &str, path: &str, missing: &str) -> Vec<String> {
    let required = match missing {
        "" => format!("{path}: Required value"),
        missing => format!("{path}: Required value: {missing}"),
    };
    let reasons = match name {
        "" => return vec![required],
        "." | ".." => vec![format!("may not be '{name}'")],
        _ => {
            let found = ["/", "%"].into_iter().filter(|part| name.contains(part));
            found.map(|part| format!("may not contain '{part}'")).collect()
        }
    };
    reasons.into_iter().map(|why| format!("{path}: Invalid value: {}: {why}", plain(name))).collect()
}

/// Validates all metrics; without one that is not of pods nothing could scale up from zero.
fn metric_complaints(spec: &Value) -> Vec<String> {
    let metrics = spec["metrics"].as_array().map_or(&[][..], Vec::as_slice);
    let mut complaints = Vec::new();
    for (index, metric) in metrics.iter().enumerate() {
        complaints.extend(one_metric_complaints(metric, &format!("spec.metrics[{index}]")));
    }
    let is_of_objects = |metric: &Value| matches!(text(&metric["type"]), "Object" | "External");
    if spec["minReplicas"] == 0 && !metrics.iter().any(is_of_objects) {
        complaints.push(
            "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas"
                .to_owned(),
        );
    }
    complaints
}

fn one_metric_complaints(metric: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let kind = text(&metric["type"]);
    if kind.is_empty() {
        complaints.push(format!("{path}.type: Required value: must specify a metric source type"));
    }
    complaints.extend(enumeration_complaints(metric, TYPES, path));
    let present: Vec<_> = SOURCES.iter().filter(|(field, _)| !metric[*field].is_null()).collect();
    if let Some((field, _)) = present.first() {
        complaints.extend(source_complaints(field, &metric[*field], &format!("{path}.{field}")));
    }
    let expected = SOURCES.iter().find(|(_, of)| *of == kind).map(|(field, _)| *field);
    if let Some(field) = expected.filter(|field| metric[*field].is_null()) {
        complaints.push(format!(
            "{path}.{field}: Required value: must populate information for the given metric source"
        ));
    }
    if present.len() != 1 {
        let others = present.iter().filter(|(field, _)| Some(*field) != expected);
        complaints.extend(others.map(|(field, _)| {
            format!("{path}.{field}: Forbidden: must populate the given metric source only")
        }));
    }
    complaints
}

/// Validates where a metric comes from, and its target.
fn source_complaints(source: &str, value: &Value, path: &str) -> Vec<String> {
    let target = &value["target"];
    let has = |field: &str| !target[field].is_null();
    let required = |field: &str, why: &str| format!("{path}.target.{field}: Required value: {why}");
    let forbidden = |field: &str, why: &str| format!("{path}.target.{field}: Forbidden: {why}");
    let of_metric = || {
        let name = text(&value["metric"]["name"]);
        segment_complaints(name, &format!("{path}.metric.name"), "must specify a metric name")
    };
    let of_target = target_complaints(target, &format!("{path}.target"));
    let mut complaints = Vec::new();
    match source {
        "object" => {
            let described = &value["describedObject"];
            complaints.extend(reference_complaints(
                described,
                &format!("{path}.describedObject"),
                false,
                true,
            ));
            complaints.extend(of_metric());
            complaints.extend(of_target);
            if !has("value") && !has("averageValue") {
                complaints.push(required("averageValue", "must set either a target value or averageValue"));
            }
        }
        "external" => {
            complaints.extend(of_metric());
            complaints.extend(of_target);
            if !has("value") && !has("averageValue") {
                let why = "must set either a target value for metric or a per-pod target";
                complaints.push(required("averageValue", why));
            }
            if has("value") && has("averageValue") {
                let why = "may not set both a target value for metric and a per-pod target";
                complaints.push(forbidden("value", why));
            }
        }
        "pods" => {
            complaints.extend(of_metric());
            complaints.extend(of_target);
            if !has("averageValue") {
                complaints.push(required("averageValue", "must specify a positive target averageValue"));
            }
        }
        _ => {
            complaints.extend(resource_complaints(source, value, path));
            complaints.extend(of_target);
            if !has("averageUtilization") && !has("averageValue") {
                let why = "must set either a target raw value or a target utilization";
                complaints.push(required("averageUtilization", why));
            }
            if has("averageUtilization") && has("averageValue") {
                let why = "may not set both a target raw value and a target utilization";
                complaints.push(forbidden("averageValue", why));
            }
        }
    }
    complaints
}

/// Validates which resource is meant, and of which container.
fn resource_complaints(source: &str, value: &Value, path: &str) -> Vec<String> {
    let (resource, container) = (text(&value["name"]), text(&value["container"]));
    let mut complaints = Vec::new();
    if resource.is_empty() {
        complaints.push(format!("{path}.name: Required value: must specify a resource name"));
    } else if source == "containerResource" {
        complaints.extend(container_name_complaints(resource, &format!("{path}.name")));
    }
    if source == "containerResource" {
        match container {
            "" => complaints.push(format!("{path}.container: Required value: must specify a container")),
            _ => complaints.extend(
                dns_label_error(container)
                    .map(|why| format!("{path}.container: Invalid value: {}: {why}", plain(container))),
            ),
        }
    }
    complaints
}

fn target_complaints(target: &Value, path: &str) -> Vec<String> {
    let kind = text(&target["type"]);
    let mut complaints = Vec::new();
    if kind.is_empty() {
        complaints.push(format!("{path}.type: Required value: must specify a metric target type"));
    }
    if !["AverageValue", "Utilization", "Value"].contains(&kind) {
        complaints.push(format!(
            "{path}.type: Invalid value: {}: must be either Utilization, Value, or AverageValue",
            quoted(kind)
        ));
    }
    for field in ["value", "averageValue"] {
        let written = match &target[field] {
            Value::Null => continue,
            Value::String(amount) => amount.clone(),
            other => other.to_string(),
        };
        let amount = Quantity::parse(&written).ok();
        if let Some(amount) = amount.filter(|amount| !amount.is_positive()) {
            complaints.push(format!("{path}.{field}: Invalid value: \"{amount}\": must be positive"));
        }
    }
    if let Some(percent) = target["averageUtilization"].as_i64().filter(|percent| *percent < 1) {
        complaints
            .push(format!("{path}.averageUtilization: Invalid value: {percent}: must be greater than 0"));
    }
    complaints
}

/// Validates how fast an autoscaler may scale into one direction.
fn scaling_complaints(rules: &Value, path: &str) -> Vec<String> {
    if rules.is_null() {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    let mut bound = |value: i64, least: i64, most: i64, field: &str, below: &str| {
        if value < least {
            complaints.push(format!("{field}: Invalid value: {value}: must be greater than {below}"));
        }
        if value > most {
            complaints.push(format!("{field}: Invalid value: {value}: must be less than or equal to {most}"));
        }
    };
    if let Some(window) = rules["stabilizationWindowSeconds"].as_i64() {
        let field = format!("{path}.stabilizationWindowSeconds");
        bound(window, 0, LONGEST_WINDOW, &field, "or equal to zero");
    }
    complaints.extend(enumeration_complaints(rules, SELECT_POLICY, path));
    // Where rules name no policy the server fills in its own.
    if rules["policies"].as_array().is_some_and(Vec::is_empty) {
        complaints.push(format!("{path}.policies: Required value: must specify at least one Policy"));
    }
    for (index, policy) in rules["policies"].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}.policies[{index}]");
        complaints.extend(enumeration_complaints(policy, POLICY_TYPE, &path));
        let number = |field: &str| policy[field].as_i64().unwrap_or(0);
        let mut bound = |field: &str, most: i64| {
            let value = number(field);
            if value <= 0 {
                complaints.push(format!("{path}.{field}: Invalid value: {value}: must be greater than zero"));
            }
            if value > most {
                complaints.push(format!(
                    "{path}.{field}: Invalid value: {value}: must be less than or equal to {most}"
                ));
            }
        };
        bound("value", i64::MAX);
        bound("periodSeconds", LONGEST_PERIOD);
    }
    complaints
}
