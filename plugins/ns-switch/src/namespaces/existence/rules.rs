//! What a review of our rights in a namespace tells about the namespace.

use std::collections::BTreeSet;

use serde::Deserialize;

/// `authorization.k8s.io/v1.SelfSubjectRulesReview`, the parts that decide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SelfSubjectRulesReview {
    /// The answer.
    pub status: RulesStatus,
}

/// The rules of one namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RulesStatus {
    /// What we may do with resources there.
    pub resource_rules: Vec<ResourceRule>,
}

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceRule {
    verbs: Vec<String>,
    api_groups: Vec<String>,
    resources: Vec<String>,
    resource_names: Vec<String>,
}

/// A namespace nobody makes; rights in it come from ClusterRoleBindings alone.
pub const NOWHERE: &str = "kubectl-ns-switch-asks-what-holds-everywhere";

/// Whether the rules in a namespace hold anything that does not hold everywhere. Rules of a namespace come from
/// RoleBindings in it and from ClusterRoleBindings (`DefaultRuleResolver.VisitRulesFor` in
/// `pkg/registry/rbac/validation/rule.go`), and a RoleBinding can't stand in a namespace that does not exist.
pub fn has_own_rights(there: &SelfSubjectRulesReview, nowhere: &SelfSubjectRulesReview) -> bool {
    let everywhere: BTreeSet<&ResourceRule> = nowhere.status.resource_rules.iter().collect();
    there.status.resource_rules.iter().any(|rule| !everywhere.contains(rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(resources: &[&str]) -> SelfSubjectRulesReview {
        let rule = |resource: &&str| ResourceRule {
            verbs: vec!["get".into()],
            resources: vec![(*resource).into()],
            ..ResourceRule::default()
        };
        let resource_rules = resources.iter().map(rule).collect();
        SelfSubjectRulesReview { status: RulesStatus { resource_rules } }
    }

    #[test]
    fn only_rights_that_hold_nowhere_else_prove_a_namespace() {
        assert!(has_own_rights(&review(&["reviews", "pods"]), &review(&["reviews"])));
        assert!(!has_own_rights(&review(&["reviews"]), &review(&["reviews"])));
        assert!(!has_own_rights(&review(&[]), &review(&["reviews"])));
        assert!(!has_own_rights(&review(&["reviews", "pods"]), &review(&["pods", "reviews", "nodes"])));
    }

    #[test]
    fn the_api_s_spelling_is_read() {
        let text = r#"{"status":{"resourceRules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}],"nonResourceRules":[],"incomplete":false}}"#;
        let review: SelfSubjectRulesReview = serde_json::from_str(text).unwrap();
        let rule = ResourceRule {
            verbs: vec!["get".into()],
            api_groups: vec!["".into()],
            resources: vec!["pods".into()],
            resource_names: vec![],
        };
        assert_eq!(review.status.resource_rules, [rule]);
    }
}
