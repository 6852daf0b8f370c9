//! Which Roles and bindings the API server calls invalid (`pkg/apis/rbac/validation`).

use serde_json::Value;

use super::{
    enumeration::{supported_values, unsupported},
    metadata::subdomain_complaint,
    plain,
};
use crate::{admission::version::Version, manifest::json::text};

const GROUP: &str = "rbac.authorization.k8s.io";

/// Returns the complaints about the rules of a Role or ClusterRole.
pub(super) fn role_complaints(role: &Value, is_of_cluster: bool, version: Version) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, rule) in role["rules"].as_array().into_iter().flatten().enumerate() {
        let path = format!("rules[{index}]");
        let is_empty = |field: &str| rule[field].as_array().is_none_or(Vec::is_empty);
        if is_empty("verbs") {
            let why = match version.explains_required_values() {
                true => ": verbs must contain at least one value",
                false => "",
            };
            complaints.push(format!("{path}.verbs: Required value{why}"));
        }
        if !is_empty("nonResourceURLs") {
            if !is_of_cluster {
                complaints.push(format!(
                    "{path}.nonResourceURLs: Invalid value: {}: namespaced rules cannot apply to non-resource URLs",
                    rule["nonResourceURLs"]
                ));
            }
            if !(is_empty("apiGroups") && is_empty("resources") && is_empty("resourceNames")) {
                complaints.push(format!(
                    "{path}.nonResourceURLs: Invalid value: {}: rules cannot apply to both regular resources and non-resource URLs",
                    rule["nonResourceURLs"]
                ));
            }
            continue;
        }
        for (field, what) in [("apiGroups", "api group"), ("resources", "resource")] {
            if is_empty(field) {
                complaints.push(format!(
                    "{path}.{field}: Required value: resource rules must supply at least one {what}"
                ));
            }
        }
    }
    complaints
}

/// Returns the complaints about a RoleBinding or ClusterRoleBinding.
pub(super) fn binding_complaints(binding: &Value, is_of_cluster: bool) -> Vec<String> {
    let role = &binding["roleRef"];
    let kinds: &[&str] = if is_of_cluster { &["ClusterRole"] } else { &["Role", "ClusterRole"] };
    let mut complaints = Vec::new();
    let group = text(&role["apiGroup"]);
    if !["", GROUP].contains(&group) {
        complaints.push(unsupported(group, &[GROUP], "roleRef.apiGroup"));
    }
    let kind = text(&role["kind"]);
    if !kinds.contains(&kind) {
        complaints.push(unsupported(kind, kinds, "roleRef.kind"));
    }
    if text(&role["name"]).is_empty() {
        complaints.push("roleRef.name: Required value".to_owned());
    }
    for (index, subject) in binding["subjects"].as_array().into_iter().flatten().enumerate() {
        complaints.extend(subject_complaints(subject, is_of_cluster, &format!("subjects[{index}]")));
    }
    complaints
}

fn subject_complaints(subject: &Value, is_of_cluster: bool, path: &str) -> Vec<String> {
    let (kind, name, group) = (text(&subject["kind"]), text(&subject["name"]), text(&subject["apiGroup"]));
    let mut complaints = Vec::new();
    if name.is_empty() {
        complaints.push(format!("{path}.name: Required value"));
    }
    match kind {
        "ServiceAccount" => {
            if !name.is_empty() {
                complaints.extend(subdomain_complaint(name, &format!("{path}.name")));
            }
            if !group.is_empty() {
                complaints.push(unsupported(group, &[""], &format!("{path}.apiGroup")));
            }
            if is_of_cluster && text(&subject["namespace"]).is_empty() {
                complaints.push(format!("{path}.namespace: Required value"));
            }
        }
        // Without a group they are of this one.
        "User" | "Group" if ["", GROUP].contains(&group) => {}
        "User" | "Group" => complaints.push(unsupported(group, &[GROUP], &format!("{path}.apiGroup"))),
        _ => complaints.push(format!(
            "{path}.kind: Unsupported value: {}: supported values: {}",
            plain(kind),
            supported_values(&["ServiceAccount", "User", "Group"])
        )),
    }
    complaints
}
