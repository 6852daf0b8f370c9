//! What a review of the user's rights in a namespace tells about the namespace.

use std::collections::BTreeSet;

use shared::client::self_subject_review::{ResourceRule, SubjectRules};

/// A namespace that nobody creates: rights in it come from ClusterRoleBindings alone.
pub const NOWHERE: &str = "kubectl-ns-switch-asks-what-holds-everywhere";

/// Returns whether the rules in a namespace hold anything that does not hold everywhere. Rules of a namespace come from
/// RoleBindings in it and from ClusterRoleBindings (`DefaultRuleResolver.VisitRulesFor` in
/// `pkg/registry/rbac/validation/rule.go`), and a RoleBinding can't exist in a namespace that does not exist.
pub fn has_own_rights(in_namespace: &SubjectRules, nowhere: &SubjectRules) -> bool {
    let everywhere: BTreeSet<&ResourceRule> = nowhere.resource_rules.iter().collect();
    in_namespace.resource_rules.iter().any(|rule| !everywhere.contains(rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(resources: &[&str]) -> SubjectRules {
        let rule = |resource: &&str| ResourceRule {
            verbs: vec!["get".into()],
            resources: vec![(*resource).into()],
            ..ResourceRule::default()
        };
        SubjectRules { resource_rules: resources.iter().map(rule).collect(), ..SubjectRules::default() }
    }

    #[test]
    fn only_rights_that_hold_nowhere_else_prove_a_namespace() {
        assert!(has_own_rights(&rules(&["reviews", "pods"]), &rules(&["reviews"])));
        assert!(!has_own_rights(&rules(&["reviews"]), &rules(&["reviews"])));
        assert!(!has_own_rights(&rules(&[]), &rules(&["reviews"])));
        assert!(!has_own_rights(&rules(&["reviews", "pods"]), &rules(&["pods", "reviews", "nodes"])));
    }
}
