//! LimitRanges: bounds widened to what is requested, defaults for what containers do not specify.

use serde_json::json;
use shared::{
    admission::{RefusedBy, limit_range::LimitRangeFacts, simulator::Simulator},
    output::ShellCommand,
    quantity::Quantity,
};

use crate::commands::explain::{
    refusal_message::{BoundViolation, RefusalReason, Rule, find_in_line},
    simulated_workload::Feasibility,
    starter_amounts::{split_quota_key, starter_amounts},
};

/// Returns commands for the LimitRanges of the namespace.
pub(super) fn fixes(
    refusals: &[(RefusedBy, String)],
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Vec<String> {
    let mut fixes = Vec::new();
    for (by, message) in refusals {
        for message in find_in_line(message) {
            match &message.reason {
                RefusalReason::MustSpecify { missing, .. } => {
                    let keys: Vec<&str> = missing.iter().map(|(resource, _)| resource.as_str()).collect();
                    fixes.extend(defaults(&keys, rules, namespace, feasibility));
                }
                RefusalReason::Bounds(violations) => {
                    fixes.extend(widen(&by.name, violations, rules, namespace, feasibility));
                }
                _ => {}
            }
        }
    }
    fixes.dedup();
    fixes
}

/// Returns the command that creates a LimitRange with the missing defaults: the largest starter amounts that fit.
fn defaults(
    keys: &[&str],
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    for example in starter_amounts() {
        let (mut default, mut request) = (serde_json::Map::new(), serde_json::Map::new());
        for key in keys {
            let (is_limit, resource) = split_quota_key(key);
            let list = if is_limit { &mut default } else { &mut request };
            list.insert(resource.to_owned(), json!(example.amount(resource)));
        }
        let mut item = json!({"type": "Container"});
        for (field, list) in [("default", default), ("defaultRequest", request)] {
            if !list.is_empty() {
                item[field] = list.into();
            }
        }
        let range = json!({
            "apiVersion": "v1",
            "kind": "LimitRange",
            "metadata": {"name": "defaults", "namespace": namespace},
            "spec": {"limits": [item]},
        });
        let facts =
            serde_json::from_value(range.clone()).ok().and_then(|range| LimitRangeFacts::new(&range).ok())?;
        let mut rules = rules.clone();
        let ranges = &mut rules.namespaces.entry(namespace.to_owned()).or_default().limit_ranges;
        // A LimitRange of this name exists already.
        if ranges.iter().any(|range| range.name == facts.name) {
            return None;
        }
        ranges.push(facts);
        if feasibility(&rules).complete {
            return Some(
                ShellCommand::new(["kubectl", "apply"])
                    .flag_with("-n", namespace)
                    .flag_with("-f", "-")
                    .stdin(range.to_string())
                    .to_string(),
            );
        }
    }
    None
}

/// Returns the command that widens the violated bounds to what is requested.
fn widen(
    name: &str,
    violations: &[BoundViolation],
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let mut wider_rules = rules.clone();
    let ranges = &mut wider_rules.namespaces.get_mut(namespace)?.limit_ranges;
    let range = ranges.iter_mut().find(|range| range.name == name)?;
    let mut operations = Vec::new();
    for BoundViolation { rule, kind, resource, found, .. } in violations {
        let (_, number) = found.rsplit_once(" is ")?;
        let number = Quantity::parse(number).ok()?;
        let (index, item) = range.items.iter_mut().enumerate().find(|(_, item)| item.kind == *kind)?;
        let (field, list) = match rule {
            Rule::Minimum => ("min", &mut item.min),
            Rule::Maximum => ("max", &mut item.max),
            Rule::Ratio => ("maxLimitRequestRatio", &mut item.ratio),
        };
        let bound = list.get_mut(resource)?;
        // The server prints six decimals of a ratio, so it is rounded up to an integer.
        let number = if *rule == Rule::Ratio { number.round_up(0) } else { number.in_format_of(bound) };
        // There is one violation for each container: the widest bound satisfies all.
        let is_wider = if *rule == Rule::Minimum { number < *bound } else { number > *bound };
        if is_wider {
            *bound = number;
        }
        let path = format!("/spec/limits/{index}/{field}/{}", resource.replace('~', "~0").replace('/', "~1"));
        operations.retain(|(other, _)| *other != path);
        operations.push((path, bound.canonical()));
    }
    let operations: Vec<_> = operations
        .into_iter()
        .map(|(path, value)| json!({"op": "replace", "path": path, "value": value}))
        .collect();
    let patch = json!(operations);
    feasibility(&wider_rules).complete.then(|| {
        ShellCommand::new(["kubectl", "patch", "limitrange"])
            .name(name)
            .flag_with("-n", namespace)
            .flag_with("--type", "json")
            .flag_with("-p", patch.to_string())
            .to_string()
    })
}
