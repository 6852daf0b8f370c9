//! Which tolerations the API server calls invalid (`ValidateTolerations`).

use serde_json::Value;

use super::super::{
    enumeration::{Enumeration, enumeration_complaints, unsupported},
    metadata::label_value_error,
    name::label_key_complaints,
    plain, quoted,
};
use crate::{admission::version::Version, manifest::json::text};

const EFFECT: &[Enumeration] =
    &[Enumeration::with_default("effect", &["NoSchedule", "PreferNoSchedule", "NoExecute"])];

/// Returns the complaints about a toleration, which stands at `path`.
pub(super) fn toleration_complaints(toleration: &Value, path: &str, version: Version) -> Vec<String> {
    let mut complaints = Vec::new();
    let (operator, effect) = (text(&toleration["operator"]), text(&toleration["effect"]));
    let (key, value) = (text(&toleration["key"]), text(&toleration["value"]));
    if !key.is_empty() {
        complaints.extend(label_key_complaints(key, &format!("{path}.key")));
    }
    if key.is_empty() && operator != "Exists" {
        let operator = quoted(operator);
        complaints.push(format!("{path}.operator: Invalid value: {operator}: operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
    }
    if !toleration["tolerationSeconds"].is_null() && effect != "NoExecute" {
        let effect = quoted(effect);
        complaints.push(format!("{path}.effect: Invalid value: {effect}: effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    let path_of_operator = format!("{path}.operator");
    match operator {
        "" | "Equal" => {
            if let Some(why) = label_value_error(value) {
                let value = plain(value);
                complaints.push(format!("{path_of_operator}: Invalid value: {value}: {why}"));
            }
        }
        "Exists" => {
            if !value.is_empty() {
                let value = plain(value);
                complaints.push(format!(
                    "{path_of_operator}: Invalid value: {value}: value must be empty when `operator` is 'Exists'"
                ));
            }
        }
        // A feature that is off by default (`TaintTolerationComparisonOperators`, <https://kep.k8s.io/5471>).
        "Gt" | "Lt" if version.knows_comparing_tolerations() => {
            let values = ["Equal", "Exists", "Lt", "Gt"];
            complaints.push(unsupported(operator, &values, &path_of_operator));
        }
        other => complaints.push(unsupported(other, &["Equal", "Exists"], &path_of_operator)),
    }
    complaints.extend(enumeration_complaints(toleration, EFFECT, path));
    complaints
}
