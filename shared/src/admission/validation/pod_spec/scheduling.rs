//! Which rules of scheduling the API server calls invalid (`validateAffinity`, `validateTopologySpreadConstraints`,
//! `ValidateTolerations`).

use serde_json::Value;

use super::super::{
    enumeration::{Enumeration, enumeration_complaints, unsupported},
    name::label_key_complaints,
    plain, quoted,
    selector::{label_selector_complaints, node_term_complaints},
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

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// Returns the complaints about how a pod is scheduled.
pub(super) fn complaints(spec: &Value, path: &str) -> Vec<String> {
    let affinity = &spec["affinity"];
    let mut complaints =
        node_affinity_complaints(&affinity["nodeAffinity"], &format!("{path}.affinity.nodeAffinity"));
    for field in ["podAffinity", "podAntiAffinity"] {
        complaints.extend(pod_affinity_complaints(&affinity[field], &format!("{path}.affinity.{field}")));
    }
    for (index, constraint) in spec["topologySpreadConstraints"].as_array().into_iter().flatten().enumerate()
    {
        let path = format!("{path}.topologySpreadConstraints[{index}]");
        complaints.extend(spread_complaints(constraint, &path));
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

/// Validates how pods are spread.
fn spread_complaints(constraint: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let skew = constraint["maxSkew"].as_i64().unwrap_or(0);
    if skew <= 0 {
        complaints.push(format!("{path}.maxSkew: Invalid value: {skew}: must be greater than zero"));
    }
    if text(&constraint["topologyKey"]).is_empty() {
        complaints.push(format!("{path}.topologyKey: Required value: can not be empty"));
    }
    complaints.extend(enumeration_complaints(constraint, SPREAD, path));
    complaints
        .extend(label_selector_complaints(&constraint["labelSelector"], &format!("{path}.labelSelector")));
    complaints
}

fn node_affinity_complaints(affinity: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let terms = &affinity[REQUIRED]["nodeSelectorTerms"];
    let path_of_terms = format!("{path}.{REQUIRED}.nodeSelectorTerms");
    if !affinity[REQUIRED].is_null() && terms.as_array().is_none_or(Vec::is_empty) {
        complaints
            .push(format!("{path_of_terms}: Required value: must have at least one node selector term"));
    }
    for (index, term) in terms.as_array().into_iter().flatten().enumerate() {
        complaints.extend(node_term_complaints(term, true, &format!("{path_of_terms}[{index}]")));
    }
    for (index, term) in affinity[PREFERRED].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}.{PREFERRED}[{index}]");
        complaints.extend(weight_complaint(term, &path));
        complaints.extend(node_term_complaints(&term["preference"], false, &format!("{path}.preference")));
    }
    complaints
}

/// Validates affinity to other pods, or against them.
fn pod_affinity_complaints(affinity: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, term) in affinity[REQUIRED].as_array().into_iter().flatten().enumerate() {
        complaints.extend(pod_term_complaints(term, &format!("{path}.{REQUIRED}[{index}]")));
    }
    for (index, term) in affinity[PREFERRED].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}.{PREFERRED}[{index}]");
        complaints.extend(weight_complaint(term, &path));
        complaints.extend(pod_term_complaints(&term["podAffinityTerm"], &format!("{path}.podAffinityTerm")));
    }
    complaints
}

fn pod_term_complaints(term: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for selector in ["labelSelector", "namespaceSelector"] {
        complaints.extend(label_selector_complaints(&term[selector], &format!("{path}.{selector}")));
    }
    let key = text(&term["topologyKey"]);
    let path = format!("{path}.topologyKey");
    if key.is_empty() {
        complaints.push(format!("{path}: Required value: can not be empty"));
    }
    complaints.extend(label_key_complaints(key, &path));
    complaints
}

fn weight_complaint(term: &Value, path: &str) -> Option<String> {
    let weight = term["weight"].as_i64().unwrap_or(0);
    (!(1..=100).contains(&weight))
        .then(|| format!("{path}.weight: Invalid value: {weight}: must be in the range 1-100"))
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
