//! LimitRanges: bounds loosened to what is asked for, defaults for what nobody specified.

use serde_json::json;
use shared::{
    admission::{By, limit_range::LimitRangeFacts, simulator::Simulator},
    output::ShellCommand,
    quantity::Quantity,
};

use super::Feasibility;
use crate::commands::explain::{
    refusal_message::{BoundViolation, RefusalReason, Rule, find_in_line},
    starter_amounts::{split_quota_key, starter_amounts},
};

/// Commands for the LimitRanges of the namespace.
pub(super) fn fixes(
    refusals: &[(By, String)],
    rules: &Simulator,
    namespace: &str,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
) -> Vec<String> {
    let mut fixes = Vec::new();
    for (by, message) in refusals {
        for message in find_in_line(message) {
            match &message.reason {
                RefusalReason::MustSpecify { missing, .. } => {
                    let keys: Vec<&str> = missing.iter().map(|(resource, _)| resource.as_str()).collect();
                    fixes.extend(defaults(&keys, rules, namespace, simulate));
                }
                RefusalReason::Bounds(violations) => {
                    fixes.extend(loosen(&by.name, violations, rules, namespace, simulate));
                }
                _ => {}
            }
        }
    }
    fixes.dedup();
    fixes
}

/// A LimitRange whose defaults say what containers don't. Its numbers are an example, the largest that fits.
fn defaults(
    keys: &[&str],
    rules: &Simulator,
    namespace: &str,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
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
            serde_json::from_value(range.clone()).ok().and_then(|range| LimitRangeFacts::of(&range).ok())?;
        let mut rules = rules.clone();
        let ranges = &mut rules.namespaces.entry(namespace.to_owned()).or_default().limit_ranges;
        // One of that name is somebody's already.
        if ranges.iter().any(|range| range.name == facts.name) {
            return None;
        }
        ranges.push(facts);
        if simulate(&rules).complete {
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

/// The bound moved to what is asked for.
fn loosen(
    name: &str,
    violations: &[BoundViolation],
    rules: &Simulator,
    namespace: &str,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let mut looser = rules.clone();
    let ranges = &mut looser.namespaces.get_mut(namespace)?.limit_ranges;
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
        // The server prints six decimals of a ratio: to whole ones it is enough.
        let number = if *rule == Rule::Ratio { number.round_up(0) } else { number.in_format_of(bound) };
        // A violation comes once a container: the widest bound serves all.
        let wider = if *rule == Rule::Minimum { number < *bound } else { number > *bound };
        if wider {
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
    simulate(&looser).complete.then(|| {
        ShellCommand::new(["kubectl", "patch", "limitrange"])
            .name(name)
            .flag_with("-n", namespace)
            .flag_with("--type", "json")
            .flag_with("-p", patch.to_string())
            .to_string()
    })
}
