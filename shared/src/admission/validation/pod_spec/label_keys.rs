//! Which keys of labels of the pod itself the API server calls invalid, by which affinity and spreading look for pods like it
//! (`ValidateMatchLabelKeysAndMismatchLabelKeys`, `ValidateMatchLabelKeysInTopologySpread`).

use serde_json::Value;

use super::super::{name::label_key_complaints, plain};

const IN_SELECTOR: &str = "exists in both matchLabelKeys and labelSelector";

/// Returns the complaints about the keys of an object that stands at `path`. `labels` are those of a pod, which the server
/// has added to the selector by then; a template has none yet.
pub(super) fn merged_key_complaints(object: &Value, labels: &Value, path: &str) -> Vec<String> {
    let selector = &object["labelSelector"];
    let (same, other) = (keys(&object["matchLabelKeys"]), keys(&object["mismatchLabelKeys"]));
    let mut complaints = Vec::new();
    for (field, keys) in [("matchLabelKeys", &same), ("mismatchLabelKeys", &other)] {
        let path = format!("{path}.{field}");
        if keys.is_empty() {
            continue;
        }
        if selector.is_null() {
            complaints.push(without_selector(&path));
            continue;
        }
        for (index, key) in keys.iter().enumerate() {
            complaints.extend(label_key_complaints(key, &format!("{path}[{index}]")));
        }
    }
    if !selector.is_null() {
        let is_of_pod = |key: &&&str| !labels[**key].is_null();
        let merged = same.iter().chain(&other).filter(is_of_pod).copied();
        let mut seen = selected_by_labels(selector);
        for key in selected_by_expressions(selector).into_iter().chain(merged) {
            if let Some(index) = same.iter().rposition(|one| *one == key).filter(|_| seen.contains(&key)) {
                complaints.push(format!("{path}[{index}]: Invalid value: {}: {IN_SELECTOR}", plain(key)));
            }
            seen.push(key);
        }
    }
    for (index, key) in same.iter().enumerate().filter(|(_, key)| other.contains(key)) {
        let key = plain(key);
        complaints.push(format!(
            "{path}.matchLabelKeys[{index}]: Invalid value: {key}: exists in both matchLabelKeys and mismatchLabelKeys"
        ));
    }
    complaints
}

/// Returns the complaints of servers that do not add labels of the pod to the selector of a spread.
pub(super) fn spread_key_complaints(constraint: &Value, path: &str) -> Vec<String> {
    let (selector, path) = (&constraint["labelSelector"], format!("{path}.matchLabelKeys"));
    let keys = keys(&constraint["matchLabelKeys"]);
    let mut complaints = Vec::new();
    if !keys.is_empty() && selector.is_null() {
        complaints.push(without_selector(&path));
    }
    let selected = [selected_by_labels(selector), selected_by_expressions(selector)].concat();
    for (index, key) in keys.iter().enumerate() {
        let path = format!("{path}[{index}]");
        complaints.extend(label_key_complaints(key, &path));
        if selected.contains(key) {
            complaints.push(format!("{path}: Invalid value: {}: {IN_SELECTOR}", plain(key)));
        }
    }
    complaints
}

fn without_selector(path: &str) -> String {
    format!("{path}: Forbidden: must not be specified when labelSelector is not set")
}

fn keys(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn selected_by_labels(selector: &Value) -> Vec<&str> {
    selector["matchLabels"].as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

fn selected_by_expressions(selector: &Value) -> Vec<&str> {
    let expressions = selector["matchExpressions"].as_array().into_iter().flatten();
    expressions.filter_map(|one| one["key"].as_str()).collect()
}
