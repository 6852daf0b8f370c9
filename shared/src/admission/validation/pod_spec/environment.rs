//! Which variables of containers the API server calls invalid (`ValidateEnv` and `ValidateEnvFrom`).

use serde_json::Value;

use super::super::{
    enumeration::unsupported,
    name::label_key_complaints,
    plain,
    shape::{Rule, Shape, shape_complaints},
};
use crate::{admission::version::Version, manifest::json::text};

const VARIABLE: &[Shape] = &[
    Shape("name", &[Rule::Required]),
    Shape("valueFrom.fieldRef.fieldPath", &[Rule::Required]),
    Shape("valueFrom.configMapKeyRef.name", &[Rule::AnySubdomain]),
    Shape("valueFrom.configMapKeyRef.key", &[Rule::Required, Rule::ConfigKey]),
    Shape("valueFrom.secretKeyRef.name", &[Rule::AnySubdomain]),
    Shape("valueFrom.secretKeyRef.key", &[Rule::Required, Rule::ConfigKey]),
    Shape("valueFrom.resourceFieldRef.resource", &[Rule::Required]),
];

const SOURCE: &[Shape] = &[
    Shape("configMapRef.name", &[Rule::Required, Rule::Subdomain]),
    Shape("secretRef.name", &[Rule::Required, Rule::Subdomain]),
];

const REFERENCES: &[&str] =
    &["configMapKeyRef", "fieldRef", "fileKeyRef", "resourceFieldRef", "secretKeyRef"];

/// `validEnvDownwardAPIFieldPathExpressions`.
const FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// Fields that `ConvertDownwardAPIFieldLabel` knows besides.
const OTHER_FIELDS: &[&str] =
    &["metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase"];

/// `validContainerResourceFieldPathExpressions`.
const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

/// Returns the complaints about the variables of a container, which stands at `path`.
pub(super) fn environment_complaints(container: &Value, version: Version, path: &str) -> Vec<String> {
    let list = |field: &str| container[field].as_array().map_or(&[][..], Vec::as_slice);
    let mut complaints = Vec::new();
    for (index, variable) in list("env").iter().enumerate() {
        let path = format!("{path}.env[{index}]");
        complaints.extend(shape_complaints(variable, VARIABLE, &path));
        complaints.extend(reference_complaints(variable, version, &format!("{path}.valueFrom")));
    }
    for (index, source) in list("envFrom").iter().enumerate() {
        complaints.extend(shape_complaints(source, SOURCE, &format!("{path}.envFrom[{index}]")));
        let count = ["configMapRef", "secretRef"].iter().filter(|field| !source[**field].is_null()).count();
        let why = match count {
            0 => "must specify one of: `configMapRef` or `secretRef`",
            1 => continue,
            _ => "may not have more than one field specified at a time",
        };
        complaints.push(format!("{path}.envFrom: Invalid value: \"\": {why}"));
    }
    complaints
}

/// Validates where the value of a variable comes from.
fn reference_complaints(variable: &Value, version: Version, path: &str) -> Vec<String> {
    let from = &variable["valueFrom"];
    if from.is_null() {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    let field = text(&from["fieldRef"]["fieldPath"]);
    if !field.is_empty() {
        complaints.extend(field_complaints(field, &format!("{path}.fieldRef")));
    }
    let resource = text(&from["resourceFieldRef"]["resource"]);
    let is_huge =
        ["limits.hugepages-", "requests.hugepages-"].iter().any(|start| resource.starts_with(start));
    if !resource.is_empty() && !is_huge && !RESOURCES.contains(&resource) {
        let supported = super::super::enumeration::supported_values(RESOURCES);
        complaints.push(format!(
            "{path}.resourceFieldRef.resource: Unsupported value: {}: supported values: {supported}",
            plain(resource)
        ));
    }
    let count = REFERENCES.iter().filter(|field| !from[**field].is_null()).count();
    let why = match count {
        0 if version.knows_environment_files() => {
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
        }
        0 => "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`",
        _ if !text(&variable["value"]).is_empty() => "may not be specified when `value` is not empty",
        1 => return complaints,
        _ => "may not have more than one field specified at a time",
    };
    complaints.push(format!("{path}: Invalid value: \"\": {why}"));
    complaints
}

/// Validates the way to a field of the pod, which may name one label or annotation (`validateObjectFieldSelector`).
fn field_complaints(field: &str, path: &str) -> Vec<String> {
    let subscript = field.strip_suffix("']").and_then(|field| field.split_once("['"));
    match subscript {
        Some(("metadata.annotations", key)) => label_key_complaints(&key.to_lowercase(), path),
        Some(("metadata.labels", key)) => label_key_complaints(key, path),
        _ if FIELDS.contains(&field) => Vec::new(),
        _ if OTHER_FIELDS.contains(&field) => vec![unsupported(field, FIELDS, &format!("{path}.fieldPath"))],
        _ => vec![format!(
            "{path}.fieldPath: Invalid value: {}: error converting fieldPath: field label not supported: {field}",
            plain(field)
        )],
    }
}
