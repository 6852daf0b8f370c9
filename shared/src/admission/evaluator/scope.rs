//! Which objects a quota with scopes counts.

use crate::admission::{
    object::{Object, ObjectKind, PodFacts},
    quota_facts::ScopeRequirement,
};

/// Returns whether the requirement holds for the object. Only pods and claims of volumes have scopes: nothing else is
/// ever counted by a quota that has one (`MatchesNoScopeFunc`).
pub fn matches_scope(object: &Object, requirement: &ScopeRequirement) -> bool {
    match &object.body {
        ObjectKind::Pod(pod) => pod_matches(pod, requirement),
        ObjectKind::Claim(claim) if requirement.scope == "VolumeAttributesClass" => {
            // One of several classes is enough, even for NotIn (`pvcMatchesSelector`).
            let classes = &claim.attribute_classes;
            match requirement.operator.as_str() {
                "Exists" => !classes.is_empty(),
                _ if classes.is_empty() => selects(requirement, None),
                _ => classes.iter().any(|class| selects(requirement, Some(class))),
            }
        }
        _ => false,
    }
}

fn pod_matches(pod: &PodFacts, requirement: &ScopeRequirement) -> bool {
    match requirement.scope.as_str() {
        "Terminating" => pod.is_terminating(),
        "NotTerminating" => !pod.is_terminating(),
        "BestEffort" => pod.is_best_effort(),
        "NotBestEffort" => !pod.is_best_effort(),
        "PriorityClass" => {
            let class = Some(pod.priority_class.as_str()).filter(|class| !class.is_empty());
            selects(requirement, class)
        }
        "CrossNamespacePodAffinity" => pod.crosses_namespaces,
        _ => false,
    }
}

/// Matches as a label selector does on one label that may be missing.
fn selects(requirement: &ScopeRequirement, value: Option<&str>) -> bool {
    let listed = value.is_some_and(|value| requirement.values.iter().any(|one| one == value));
    match requirement.operator.as_str() {
        "In" => listed,
        "NotIn" => !listed,
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        _ => false,
    }
}
