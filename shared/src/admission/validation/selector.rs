//! Which selectors the API server calls invalid (`ValidateLabelSelector` in apimachinery, `ValidateNodeSelector` in
//! `pkg/apis/core/validation`).

use serde_json::{Value, json};

use super::{
    metadata::{label_value_complaint, labels_complaints, subdomain_complaint},
    name::label_key_complaints,
    plain, quoted, written,
};
use crate::manifest::json::text;

const OPERATOR: &str = "not a valid selector operator";
const VALUES: &str = "must be specified when `operator` is 'In' or 'NotIn'";
const NO_VALUES: &str = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";

/// Returns the complaints about a selector of labels, which stands at `path`.
pub(super) fn label_selector_complaints(selector: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    complaints.extend(labels_complaints(&selector["matchLabels"], &format!("{path}.matchLabels")));
    for (requirement, path) in items(&selector["matchExpressions"], &format!("{path}.matchExpressions")) {
        complaints.extend(match operator(requirement) {
            "In" | "NotIn" => values_missing(requirement, &path, VALUES),
            "Exists" | "DoesNotExist" => values_given(requirement, &path),
            other => Some(invalid_operator(other, &path)),
        });
        complaints.extend(label_key_complaints(text(&requirement["key"]), &format!("{path}.key")));
        complaints.extend(value_complaints(requirement, &path));
    }
    complaints
}

/// Writes a selector as the server prints it.
pub(super) fn selector_as_printed(selector: &Value) -> String {
    let mut parts = Vec::new();
    if selector["matchLabels"].as_object().is_some_and(|labels| !labels.is_empty()) {
        parts.push(format!("\"matchLabels\":{}", written(&selector["matchLabels"])));
    }
    let requirements = selector["matchExpressions"].as_array().into_iter().flatten();
    let requirements: Vec<_> = requirements
        .map(|one| {
            let mut fields = vec![
                format!("\"key\":{}", written(&json!(text(&one["key"])))),
                format!("\"operator\":{}", written(&json!(operator(one)))),
            ];
            if has_values(one) {
                fields.push(format!("\"values\":{}", written(&one["values"])));
            }
            format!("{{{}}}", fields.join(","))
        })
        .collect();
    if !requirements.is_empty() {
        parts.push(format!("\"matchExpressions\":[{}]", requirements.join(",")));
    }
    format!("{{{}}}", parts.join(","))
}

/// Returns the complaints about a term that selects nodes. Values of labels are judged only where all of them must match.
pub(super) fn node_term_complaints(term: &Value, judges_values: bool, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (requirement, path) in items(&term["matchExpressions"], &format!("{path}.matchExpressions")) {
        let count = requirement["values"].as_array().map_or(0, Vec::len);
        complaints.extend(match operator(requirement) {
            "In" | "NotIn" => values_missing(requirement, &path, VALUES),
            "Exists" | "DoesNotExist" => values_given(requirement, &path),
            "Gt" | "Lt" => (count != 1).then(|| {
                format!(
                    "{path}.values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'"
                )
            }),
            other => Some(invalid_operator(other, &path)),
        });
        complaints.extend(label_key_complaints(text(&requirement["key"]), &format!("{path}.key")));
        if judges_values {
            complaints.extend(value_complaints(requirement, &path));
        }
    }
    for (requirement, path) in items(&term["matchFields"], &format!("{path}.matchFields")) {
        let count = requirement["values"].as_array().map_or(0, Vec::len);
        complaints.extend(match operator(requirement) {
            "In" | "NotIn" => (count != 1).then(|| {
                format!("{path}.values: Required value: must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
            }),
            other => Some(invalid_operator(other, &path)),
        });
        let key = text(&requirement["key"]);
        if key != "metadata.name" {
            let key = plain(key);
            complaints.push(format!("{path}.key: Invalid value: {key}: not a valid field selector key"));
            continue;
        }
        for (value, path) in items(&requirement["values"], &format!("{path}.values")) {
            complaints.extend(subdomain_complaint(text(value), &path));
        }
    }
    complaints
}

/// Returns the items of a list, each with its path.
fn items<'a>(list: &'a Value, path: &str) -> Vec<(&'a Value, String)> {
    let items = list.as_array().into_iter().flatten().enumerate();
    items.map(|(index, item)| (item, format!("{path}[{index}]"))).collect()
}

fn operator(requirement: &Value) -> &str {
    text(&requirement["operator"])
}

fn has_values(requirement: &Value) -> bool {
    requirement["values"].as_array().is_some_and(|values| !values.is_empty())
}

fn values_missing(requirement: &Value, path: &str, why: &str) -> Option<String> {
    (!has_values(requirement)).then(|| format!("{path}.values: Required value: {why}"))
}

fn values_given(requirement: &Value, path: &str) -> Option<String> {
    has_values(requirement).then(|| format!("{path}.values: Forbidden: {NO_VALUES}"))
}

fn invalid_operator(operator: &str, path: &str) -> String {
    format!("{path}.operator: Invalid value: {}: {OPERATOR}", quoted(operator))
}

fn value_complaints(requirement: &Value, path: &str) -> Vec<String> {
    let values = items(&requirement["values"], &format!("{path}.values"));
    values.into_iter().filter_map(|(value, path)| label_value_complaint(text(value), &path)).collect()
}
