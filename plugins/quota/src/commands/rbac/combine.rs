//! Rules in as few words as they have: each resource once, with all verbs that anything needs.

use std::collections::BTreeMap;

use super::rules::Rule;

/// Returns the same permissions with each resource in one rule, by group and verbs.
pub fn combine(rules: &[Rule]) -> Vec<Rule> {
    let mut verbs: BTreeMap<(&'static str, &'static str), Vec<&'static str>> = BTreeMap::new();
    for rule in rules {
        for group in &rule.api_groups {
            for resource in &rule.resources {
                verbs.entry((group, resource)).or_default().extend(&rule.verbs);
            }
        }
    }
    let mut combined: BTreeMap<(&'static str, Vec<&'static str>), Vec<&'static str>> = BTreeMap::new();
    for ((group, resource), mut verbs) in verbs {
        verbs.sort_unstable();
        verbs.dedup();
        combined.entry((group, verbs)).or_default().push(resource);
    }
    let rule = |((group, verbs), resources)| Rule { api_groups: vec![group], resources, verbs };
    combined.into_iter().map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rule, combine};

    #[test]
    fn a_resource_is_named_once_with_all_verbs() {
        let rule = |resources: &[&'static str], verbs: &[&'static str]| Rule {
            api_groups: vec![""],
            resources: resources.to_vec(),
            verbs: verbs.to_vec(),
        };
        let rules = [
            rule(&["pods", "services"], &["list"]),
            rule(&["pods"], &["get"]),
            rule(&["secrets"], &["list"]),
        ];
        assert_eq!(
            combine(&rules),
            [rule(&["pods"], &["get", "list"]), rule(&["secrets", "services"], &["list"])]
        );
    }
}
