//! Which rules of scheduling the API server calls invalid (`validateAffinity`).

use serde_json::Value;

use super::super::{
    enumeration::{Enumeration, enumeration_complaints},
    metadata::{dns_label_error, subdomain_complaint},
    name::label_key_complaints,
    plain,
    selector::{label_selector_complaints, node_term_complaints},
};
use super::{
    PodSpec, label_keys::merged_key_complaints, spread::spread_complaints, toleration::toleration_complaints,
};
use crate::manifest::json::text;

const PREEMPTION: &[Enumeration] =
    &[Enumeration::required("preemptionPolicy", &["PreemptLowerPriority", "Never"], "")];

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// Returns the complaints about how a pod is scheduled.
pub(super) fn complaints(pod: &PodSpec) -> Vec<String> {
    let PodSpec { spec, path, labels, version, .. } = *pod;
    let affinity = &spec["affinity"];
    let mut complaints =
        node_affinity_complaints(&affinity["nodeAffinity"], &format!("{path}.affinity.nodeAffinity"));
    for field in ["podAffinity", "podAntiAffinity"] {
        let path = format!("{path}.affinity.{field}");
        complaints.extend(pod_affinity_complaints(&affinity[field], labels, &path));
    }
    let path_of_spreads = format!("{path}.topologySpreadConstraints");
    complaints.extend(spread_complaints(
        &spec["topologySpreadConstraints"],
        labels,
        &path_of_spreads,
        version,
    ));
    for (index, toleration) in spec["tolerations"].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}.tolerations[{index}]");
        complaints.extend(toleration_complaints(toleration, &path, version));
    }
    // Of a pod itself, admission has found the class, and fills the policy in.
    let class = text(&spec["priorityClassName"]);
    if path != "spec" && !class.is_empty() {
        complaints.extend(subdomain_complaint(class, &format!("{path}.priorityClassName")));
    }
    if path != "spec" && !spec["preemptionPolicy"].is_null() {
        complaints.extend(enumeration_complaints(spec, PREEMPTION, path));
    }
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
fn pod_affinity_complaints(affinity: &Value, labels: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, term) in affinity[REQUIRED].as_array().into_iter().flatten().enumerate() {
        complaints.extend(pod_term_complaints(term, labels, &format!("{path}.{REQUIRED}[{index}]")));
    }
    for (index, term) in affinity[PREFERRED].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}.{PREFERRED}[{index}]");
        complaints.extend(weight_complaint(term, &path));
        let path = format!("{path}.podAffinityTerm");
        complaints.extend(pod_term_complaints(&term["podAffinityTerm"], labels, &path));
    }
    complaints
}

fn pod_term_complaints(term: &Value, labels: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for selector in ["labelSelector", "namespaceSelector"] {
        complaints.extend(label_selector_complaints(&term[selector], &format!("{path}.{selector}")));
    }
    let namespaces = term["namespaces"].as_array().into_iter().flatten().map(text);
    for (name, why) in namespaces.filter_map(|name| Some((name, dns_label_error(name)?))) {
        complaints.push(format!("{path}.namespace: Invalid value: {}: {why}", plain(name)));
    }
    complaints.extend(merged_key_complaints(term, labels, path));
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
