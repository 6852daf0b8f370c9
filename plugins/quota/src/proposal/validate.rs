//! What the API server calls invalid in quotas and LimitRanges, in its words (`ValidateResourceQuota`,
//! `ValidateLimitRange` in `pkg/apis/core/validation`).
//!
//! Which characters names may have is left to the server.

use shared::quantity::{Format, Quantity};

use super::{QuotaProposal, lists};
use crate::limit_range::Item;

/// `standardQuotaResources`; huge pages come by prefix.
const STANDARD: &[&str] = &[
    "configmaps",
    "cpu",
    "ephemeral-storage",
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "memory",
    "persistentvolumeclaims",
    "pods",
    "replicationcontrollers",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
    "requests.storage",
    "resourcequotas",
    "secrets",
    "services",
    "services.loadbalancers",
    "services.nodeports",
];

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

fn is_standard(resource: &str) -> bool {
    STANDARD.contains(&resource)
        || resource.starts_with("hugepages-")
        || resource.starts_with("requests.hugepages-")
}

/// What is wrong with a quota, each with the path of the field.
pub fn quota_complaints(quota: &QuotaProposal) -> Vec<String> {
    let mut complaints = Vec::new();
    for (resource, amount) in &quota.hard {
        let path = format!("spec.hard[{resource}]");
        if !resource.contains('/') && !is_standard(resource) {
            // `storage` is a resource, of claims, and none that quotas know.
            if resource != "storage" {
                complaints.push(format!(
                    "{path}: Invalid value: \"{resource}\": must be a standard resource type or fully qualified"
                ));
            }
            complaints.push(format!(
                "{path}: Invalid value: \"{resource}\": must be a standard resource for quota"
            ));
        }
        complaints.extend(value_complaints(resource, amount, &path));
    }
    complaints.extend(scope_complaints(quota));
    complaints
}

fn value_complaints(resource: &str, amount: &Quantity, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if amount.is_negative() {
        complaints.push(format!("{path}: Invalid value: \"{amount}\": must be greater than or equal to 0"));
    }
    if WHOLE.contains(&resource) && !amount.is_integer_to_the_server() {
        complaints.push(format!("{path}: Invalid value: \"{amount}\": must be an integer"));
    }
    complaints
}

/// `validateResourceQuotaScopes`, which shows all scopes as Go prints a list in JSON.
fn scope_complaints(quota: &QuotaProposal) -> Vec<String> {
    let list = quota.scopes.iter().map(|scope| format!("\"{scope}\"")).collect::<Vec<_>>().join(",");
    let invalid = |why: &str| format!("spec.scopes: Invalid value: [{list}]: {why}");
    let mut complaints = Vec::new();
    for scope in &quota.scopes {
        let fits = match scope.as_str() {
            "Terminating"
            | "NotTerminating"
            | "NotBestEffort"
            | "PriorityClass"
            | "CrossNamespacePodAffinity" => |resource: &str| {
                let name = resource.trim_start_matches("requests.").trim_start_matches("limits.");
                matches!(name, "cpu" | "memory") || resource == "pods"
            },
            "BestEffort" => |resource: &str| resource == "pods",
            "VolumeAttributesClass" => {
                |resource: &str| matches!(resource, "persistentvolumeclaims" | "requests.storage")
            }
            _ => {
                complaints.push(invalid("unsupported scope"));
                continue;
            }
        };
        let unfit = quota.hard.keys().filter(|resource| is_standard(resource) && !fits(resource)).count();
        complaints.extend((0..unfit).map(|_| invalid("unsupported scope applied to resource")));
    }
    let has = |scope: &str| quota.scopes.iter().any(|one| one == scope);
    for (one, other) in [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")] {
        if has(one) && has(other) {
            complaints.push(invalid("conflicting scopes"));
        }
    }
    complaints
}

/// What is wrong with the names in an item for containers. `index` is its place in the list.
pub fn range_complaints(item: &Item, index: usize) -> Vec<String> {
    let mut complaints = Vec::new();
    for (field, list) in lists(item) {
        for resource in list.keys() {
            let known = matches!(resource.as_str(), "cpu" | "memory" | "ephemeral-storage")
                || resource.starts_with("hugepages-");
            if resource.contains('/') || known {
                continue;
            }
            let start = format!("spec.limits[{index}].{field}[{resource}]: Invalid value: \"{resource}\": ");
            if !is_standard(resource) && resource != "storage" {
                complaints.push(format!("{start}must be a standard resource type or fully qualified"));
            }
            complaints.push(format!("{start}must be a standard resource for containers"));
        }
    }
    complaints
}

/// What in an item contradicts itself. The server looks at what it filled in: a limit makes a default.
pub fn contradictions(item: &Item, index: usize) -> Vec<String> {
    let mut complaints = Vec::new();
    let names: std::collections::BTreeSet<_> =
        lists(item).into_iter().flat_map(|(_, list)| list.keys()).collect();
    for name in names {
        let [default, request, max, min, ratio] = lists(item).map(|(_, list)| list.get(name));
        let mut invalid = |field: &str, value: &Quantity, why: String| {
            complaints
                .push(format!("spec.limits[{index}].{field}[{name}]: Invalid value: \"{value}\": {why}"));
        };
        let greater = |one: Option<&Quantity>, other: Option<&Quantity>| match (one, other) {
            (Some(one), Some(other)) if one > other => Some((one.clone(), other.clone())),
            _ => None,
        };
        if let Some((min, max)) = greater(min, max) {
            invalid("min", &min, format!("min value {min} is greater than max value {max}"));
        }
        if let Some((min, request)) = greater(min, request) {
            let why = format!("min value {min} is greater than default request value {request}");
            invalid("defaultRequest", &request, why);
        }
        if let Some((request, max)) = greater(request, max) {
            let why = format!("default request value {request} is greater than max value {max}");
            invalid("defaultRequest", &request, why);
        }
        if let Some((request, default)) = greater(request, default) {
            let why =
                format!("default request value {request} is greater than default limit value {default}");
            invalid("defaultRequest", &request, why);
        }
        if let Some((min, default)) = greater(min, default) {
            invalid("default", &min, format!("min value {min} is greater than default value {default}"));
        }
        if let Some((default, max)) = greater(default, max) {
            invalid("default", &max, format!("default value {default} is greater than max value {max}"));
        }
        if let Some((_, ratio)) = greater(Some(&Quantity::from_integer(1, Format::DecimalSi)), ratio) {
            invalid("maxLimitRequestRatio", &ratio, format!("ratio {ratio} is less than 1"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(hard: &[(&str, &str)], scopes: &[&str]) -> Vec<String> {
        quota_complaints(&QuotaProposal {
            name: "q".to_owned(),
            hard: hard
                .iter()
                .map(|(name, amount)| ((*name).to_owned(), Quantity::parse(amount).unwrap()))
                .collect(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            ..QuotaProposal::default()
        })
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

    #[test]
    fn an_item_must_agree_with_itself() {
        let list = |amount: &str| [("cpu".to_owned(), Quantity::parse(amount).unwrap())].into();
        let item =
            Item { default: list("1"), default_request: list("2"), max: list("500m"), ..Item::default() };
        assert_eq!(
            contradictions(&item, 0),
            [
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than max value 500m",
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than default limit value 1",
                "spec.limits[0].default[cpu]: Invalid value: \"500m\": default value 1 is greater than max value 500m",
            ]
        );
    }
}
