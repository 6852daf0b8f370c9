//! Which rules of scheduling the API server calls invalid (`validateAffinity`, `validateTopologySpreadConstraints`,
//! `ValidateTolerations`).

use serde_json::Value;

use super::super::{
    enumeration::{Enumeration, enumeration_complaints, unsupported},
    name::label_key_complaints,
    plain, quoted,
};
use crate::manifest::json::text;

const SPREAD: &[Enumeration] = &[
    Enumeration::always("whenUnsatisfiable", &["DoNotSchedule", "ScheduleAnyway"]),
    Enumeration::optional("nodeAffinityPolicy", &["Honor", "Ignore"]),
    Enumeration::optional("nodeTaintsPolicy", &["Honor", "Ignore"]),
];

const EFFECT: &[Enumeration] =
    &[Enumeration::with_default("effect", &["NoSchedule", "PreferNoSchedule", "NoExecute"])];

const PREEMPTION: &[Enumeration] =
    &[Enumeration::required("preemptionPolicy", &["PreemptLowerPriority", "Never"], "")];

const OPERATORS: &[&str] = &["DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"];

/// Returns the complaints about how a pod is scheduled.
pub(super) fn complaints(spec: &Value, path: &str) -> Vec<String> {
    let mut complaints =
        node_affinity_complaints(&spec["affinity"]["nodeAffinity"], &format!("{path}.affinity.nodeAffinity"));
    for (index, constraint) in spec["topologySpreadConstraints"].as_array().into_iter().flatten().enumerate()
    {
        let path = format!("{path}.topologySpreadConstraints[{index}]");
        complaints.extend(enumeration_complaints(constraint, SPREAD, &path));
    }
    for (index, toleration) in spec["tolerations"].as_array().into_iter().flatten().enumerate() {
        complaints.extend(toleration_complaints(toleration, &format!("{path}.tolerations[{index}]")));
    }
    // Of a pod itself, admission fills it in.
    if path != "spec" && !spec["preemptionPolicy"].is_null() {
        complaints.extend(enumeration_complaints(spec, PREEMPTION, path));
    }
    complaints
}

fn node_affinity_complaints(affinity: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let required = "requiredDuringSchedulingIgnoredDuringExecution";
    let terms = affinity[required]["nodeSelectorTerms"].as_array().into_iter().flatten();
    for (index, term) in terms.enumerate() {
        complaints.extend(term_complaints(term, &format!("{path}.{required}.nodeSelectorTerms[{index}]")));
    }
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    for (index, term) in affinity[preferred].as_array().into_iter().flatten().enumerate() {
        complaints
            .extend(term_complaints(&term["preference"], &format!("{path}.{preferred}[{index}].preference")));
    }
    complaints
}

/// Validates the operators of a term. Of fields, only the name of the node can be selected, and by two operators.
fn term_complaints(term: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (list, operators) in [("matchExpressions", OPERATORS), ("matchFields", &["In", "NotIn"])] {
        for (index, requirement) in term[list].as_array().into_iter().flatten().enumerate() {
            let operator = text(&requirement["operator"]);
            if !operators.contains(&operator) {
                let value = quoted(operator);
                complaints.push(format!(
                    "{path}.{list}[{index}].operator: Invalid value: {value}: not a valid selector operator"
                ));
            }
        }
    }
    complaints
}

fn toleration_complaints(toleration: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let (operator, effect) = (text(&toleration["operator"]), text(&toleration["effect"]));
    let key = text(&toleration["key"]);
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
    match operator {
        "" | "Equal" | "Gt" | "Lt" => {}
        "Exists" => {
            let value = text(&toleration["value"]);
            if !value.is_empty() {
                let value = plain(value);
                complaints.push(format!(
                    "{path}.operator: Invalid value: {value}: value must be empty when `operator` is 'Exists'"
                ));
            }
        }
        other => complaints.push(unsupported(other, &["Equal", "Exists"], &format!("{path}.operator"))),
    }
    complaints.extend(enumeration_complaints(toleration, EFFECT, path));
    complaints
}
