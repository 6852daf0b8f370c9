//! Which quotas the API server calls invalid (`ValidateResourceQuotaSpec` in `pkg/apis/core/validation`).

use serde_json::Value;

use super::{
    name::{is_extended, is_standard, quota_name_complaints},
    quoted, written,
};
use crate::{admission::quota_facts::Amounts, quantity::Quantity};

/// `integerResources`.
const WHOLE: &[&str] = &[
    "configmaps",
    "persistentvolumeclaims",
    "pods",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "services",
    "services.loadbalancers",
    "services.nodeports",
];

/// Returns the complaints about a quota, each with the path of the field. `hard` and `spec` are as they were sent: the
/// server distinguishes an empty list from one that was left out.
pub fn quota_complaints(hard: &Amounts, spec: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    for (resource, amount) in hard {
        let path = format!("spec.hard[{resource}]");
        complaints.extend(quota_name_complaints(resource, &path));
        complaints.extend(value_complaints(resource, amount, &path));
    }
    let scopes = texts(&spec["scopes"]);
    let start = format!("spec.scopes: Invalid value: {}", written(&spec["scopes"]));
    for scope in &scopes {
        if !is_scope(scope) {
            complaints.push(format!("{start}: unsupported scope"));
        }
        complaints.extend(scope_complaints(scope, hard, &start));
    }
    complaints.extend(conflicts(&scopes, &start));
    complaints.extend(selector_complaints(hard, spec));
    complaints
}

/// Returns the complaint about a change of a quota's scopes, which are immutable (`ValidateResourceQuotaUpdate`).
pub fn scope_change_complaint(new: &Value, old: &Value) -> Option<String> {
    let set = |spec: &Value| {
        texts(&spec["scopes"]).into_iter().map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    let shown = written(&new["scopes"]);
    (set(new) != set(old)).then(|| format!("spec.scopes: Invalid value: {shown}: field is immutable"))
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Validates an amount (`ValidateResourceQuantityValue`).
fn value_complaints(resource: &str, amount: &Quantity, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if amount.is_negative() {
        complaints.push(format!("{path}: Invalid value: \"{amount}\": must be greater than or equal to 0"));
    }
    let counts = WHOLE.contains(&resource) || is_extended(resource);
    if counts && !amount.is_integer_to_the_server() {
        complaints.push(format!("{path}: Invalid value: \"{amount}\": must be an integer"));
    }
    complaints
}

/// Validates the scope selector (`validateScopedResourceSelectorRequirement`).
fn selector_complaints(hard: &Amounts, spec: &Value) -> Vec<String> {
    let path = "spec.scopeSelector.matchExpressions";
    let expressions = spec["scopeSelector"]["matchExpressions"].as_array().cloned().unwrap_or_default();
    let text = |one: &Value, field: &str| one[field].as_str().unwrap_or_default().to_owned();
    // As Go writes a type without JSON tags.
    let written_out = expressions.iter().map(|one| {
        let [scope, operator] = ["scopeName", "operator"].map(|field| quoted(&text(one, field)));
        let values = written(&one["values"]);
        format!("{{\"ScopeName\":{scope},\"Operator\":{operator},\"Values\":{values}}}")
    });
    let shown = format!("{{\"MatchExpressions\":[{}]}}", written_out.collect::<Vec<_>>().join(","));
    let mut complaints = Vec::new();
    for one in &expressions {
        let (scope, operator) = (text(one, "scopeName"), text(one, "operator"));
        if !is_scope(&scope) {
            complaints
                .push(format!("{path}.scopeName: Invalid value: {}: unsupported scope", quoted(&scope)));
        }
        complaints.extend(scope_complaints(&scope, hard, &format!("{path}: Invalid value: {shown}")));
        let is_plain = matches!(
            scope.as_str(),
            "BestEffort" | "NotBestEffort" | "Terminating" | "NotTerminating" | "CrossNamespacePodAffinity"
        );
        let operator_path = format!("{path}.operator: Invalid value: {}", quoted(&operator));
        if is_plain && operator != "Exists" {
            complaints.push(format!("{operator_path}: must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity"));
        }
        let has_values = one["values"].as_array().is_some_and(|values| !values.is_empty());
        match operator.as_str() {
            "In" | "NotIn" if !has_values => complaints.push(format!(
                "{path}.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"
            )),
            "Exists" | "DoesNotExist" if has_values => complaints.push(format!(
                "{path}.values: Invalid value: {}: must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
                written(&one["values"])
            )),
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            _ => complaints.push(format!("{operator_path}: not a valid selector operator")),
        }
    }
    let names: Vec<_> = expressions.iter().filter_map(|one| one["scopeName"].as_str()).collect();
    let start = format!("{path}: Invalid value: {}", written(&spec["scopes"]));
    complaints.extend(conflicts(&names, &start));
    complaints
}

fn is_scope(scope: &str) -> bool {
    matches!(
        scope,
        "Terminating"
            | "NotTerminating"
            | "BestEffort"
            | "NotBestEffort"
            | "PriorityClass"
            | "CrossNamespacePodAffinity"
            | "VolumeAttributesClass"
    )
}

/// Checks that a scope applies to each standard resource of the quota (`IsResourceQuotaScopeValidForResource`).
fn scope_complaints(scope: &str, hard: &Amounts, start: &str) -> Vec<String> {
    let fits = |resource: &str| match scope {
        "Terminating"
        | "NotTerminating"
        | "NotBestEffort"
        | "PriorityClass"
        | "CrossNamespacePodAffinity" => {
            let name = resource.trim_start_matches("requests.").trim_start_matches("limits.");
            matches!(name, "cpu" | "memory") || resource == "pods"
        }
        "BestEffort" => resource == "pods",
        "VolumeAttributesClass" => matches!(resource, "persistentvolumeclaims" | "requests.storage"),
        _ => true,
    };
    let rejected = hard.keys().filter(|resource| is_standard(resource) && !fits(resource));
    rejected.map(|_| format!("{start}: unsupported scope applied to resource")).collect()
}

fn conflicts(scopes: &[&str], start: &str) -> Vec<String> {
    let pairs = [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")];
    let both = pairs.iter().filter(|(one, other)| scopes.contains(one) && scopes.contains(other));
    both.map(|_| format!("{start}: conflicting scopes")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn quota(hard: &[(&str, &str)], scopes: &[&str]) -> Vec<String> {
        let amount = |(name, amount): &(&str, &str)| ((*name).to_owned(), Quantity::parse(amount).unwrap());
        quota_complaints(&hard.iter().map(amount).collect(), &json!({"scopes": scopes}))
    }

    #[test]
    fn names_without_a_slash_are_known_or_wrong() {
        assert_eq!(
            quota(&[("pod", "1")], &[]),
            [
                "spec.hard[pod]: Invalid value: \"pod\": must be a standard resource type or fully qualified",
                "spec.hard[pod]: Invalid value: \"pod\": must be a standard resource for quota",
            ]
        );
        assert_eq!(quota(&[("limits.nvidia.com/gpu", "1"), ("requests.hugepages-2Mi", "4Mi")], &[]), [""; 0]);
    }

    #[test]
    fn counts_are_whole_and_nothing_is_negative() {
        assert_eq!(
            quota(&[("pods", "1.5"), ("requests.cpu", "-1")], &[]),
            [
                "spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
                "spec.hard[requests.cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
            ]
        );
    }

    #[test]
    fn scopes_go_with_some_resources_only() {
        assert_eq!(
            quota(&[("services", "1")], &["BestEffort", "NotBestEffort"]),
            [
                "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: unsupported scope applied to resource",
                "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: unsupported scope applied to resource",
                "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes",
            ]
        );
        assert_eq!(quota(&[("limits.cpu", "1"), ("pods", "2")], &["NotTerminating"]), [""; 0]);
    }
}
