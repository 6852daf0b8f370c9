//! The rules about LimitRanges.

use shared::{
    admission::{
        NamespaceFacts,
        limit_range::{Item, LimitRangeFacts},
    },
    output::Finding,
    resources::ResourceList,
};

use crate::lint_rules::{BAD_DEFAULT, CONTRADICTION, DEVICE_DEFAULT, RANDOM_DEFAULT, RATIO_ALONE, Subject};

use super::facts::Facts;

/// Returns the findings about LimitRanges.
pub fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for rules in facts.namespaces.values() {
        for range in &rules.limit_ranges {
            for item in &range.items {
                alone(range, item, &mut found);
                beside_others(range, item, rules, &mut found);
            }
        }
    }
    found
}

fn subject<'a>(range: &'a LimitRangeFacts, key: &'a str) -> Subject<'a> {
    Subject { namespace: Some(&range.namespace), kind: "LimitRange", name: &range.name, key }
}

fn alone(range: &LimitRangeFacts, item: &Item, found: &mut Vec<Finding>) {
    let is_container = item.kind == "Container";
    for name in item.ratio.keys() {
        let has_defaults = item.default.contains_key(name) && item.default_request.contains_key(name);
        if !has_defaults || !is_container {
            let message = format!(
                "{name}: a {} without a request and a limit is refused by its ratio",
                item.kind.to_lowercase()
            );
            let fix = "add default and defaultRequest".to_owned();
            found.push(RATIO_ALONE.found(subject(range, name), message, fix));
        }
    }
    for name in item.default.keys().filter(|name| is_container && name.contains('/')) {
        let amount = item.default.get(name).map(ToString::to_string).unwrap_or_default();
        let message = format!("every container that does not set {name} gets {amount} of it");
        let fix = "limit extended resources by a quota on requests instead".to_owned();
        found.push(DEVICE_DEFAULT.found(subject(range, name), message, fix));
    }
}

fn beside_others(range: &LimitRangeFacts, item: &Item, rules: &NamespaceFacts, found: &mut Vec<Finding>) {
    let others = rules.limit_ranges.iter().filter(|other| other.name != range.name);
    for other in others {
        for theirs in other.items.iter().filter(|theirs| theirs.kind == item.kind) {
            for (name, least) in &item.min {
                if let Some(most) = theirs.max.get(name).filter(|most| *most < least) {
                    let message =
                        format!("min {name} is {least}, above the max of LimitRange {}: {most}", other.name);
                    let fix = "raise the max or lower the min".to_owned();
                    found.push(CONTRADICTION.found(subject(range, name), message, fix));
                }
            }
            if item.kind == "Container" {
                defaults(range, item, other, theirs, found);
            }
        }
    }
}

fn defaults(
    range: &LimitRangeFacts,
    item: &Item,
    other: &LimitRangeFacts,
    theirs: &Item,
    found: &mut Vec<Finding>,
) {
    for (name, amount) in &item.default {
        if let Some(most) = theirs.max.get(name).filter(|most| *most < amount) {
            let message =
                format!("default {name} is {amount}, above the max of LimitRange {}: {most}", other.name);
            let fix = format!("lower the default to {most}");
            found.push(BAD_DEFAULT.found(subject(range, name), message, fix));
        }
    }
    for (name, amount) in &item.default_request {
        if let Some(least) = theirs.min.get(name).filter(|least| *least > amount) {
            let message = format!(
                "defaultRequest {name} is {amount}, below the min of LimitRange {}: {least}",
                other.name
            );
            let fix = format!("raise the default to {least}");
            found.push(BAD_DEFAULT.found(subject(range, name), message, fix));
        }
    }
    // Said once for each pair.
    if range.name >= other.name {
        return;
    }
    let differing = |ours: &ResourceList, others: &ResourceList| {
        let both = ours
            .iter()
            .filter_map(|(name, amount)| Some((name.clone(), amount.clone(), others.get(name)?.clone())));
        both.filter(|(_, ours, others)| ours != others).collect::<Vec<_>>()
    };
    let lists = [
        ("default", &item.default, &theirs.default),
        ("defaultRequest", &item.default_request, &theirs.default_request),
    ];
    for (field, ours, others) in lists {
        for (name, one, another) in differing(ours, others) {
            let message = format!("{field} {name} is {one} here and {another} in LimitRange {}", other.name);
            let fix = "keep one of the two".to_owned();
            found.push(RANDOM_DEFAULT.found(subject(range, &name), message, fix));
        }
    }
}
