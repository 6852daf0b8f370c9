//! LimitRanges: bounds widened to what is requested, defaults for what containers do not specify.

use serde_json::json;
use shared::{
    admission::{
        RefusedBy,
        limit_range::{Item, LimitRangeFacts},
        simulator::Simulator,
    },
    quantity::Quantity,
    resources::ResourceList,
};

use super::{Feasibility, changes};
use crate::{
    refusal_message::{BoundViolation, RefusalReason, Rule, find_in_line},
    starter_amounts::{StarterAmounts, split_quota_key, starter_amounts},
};

/// Returns commands for the LimitRanges of the namespace, each of which is enough by itself.
pub fn fixes(
    refusals: &[(RefusedBy, String)],
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Vec<String> {
    let mut fixes = Vec::new();
    let mut add = |changed: &Simulator| {
        if feasibility(changed).complete {
            fixes.extend(changes(rules, changed, namespace).into_iter().map(|change| change.command));
        }
    };
    if let Some(changed) = with_defaults(rules, namespace, refusals, feasibility) {
        add(&changed);
    }
    for (by, message) in refusals {
        let mut changed = rules.clone();
        if widen_in(&mut changed, namespace, &by.name, message) {
            add(&changed);
        }
    }
    fixes.dedup();
    fixes
}

/// Returns the quota keys of what containers do not specify and must, by the messages that say so.
pub(super) fn unspecified(refusals: &[(RefusedBy, String)]) -> Vec<String> {
    let mut keys = Vec::new();
    for message in refusals.iter().flat_map(|(_, message)| find_in_line(message)) {
        match message.reason {
            RefusalReason::MustSpecify { missing, .. } => {
                keys.extend(missing.into_iter().map(|(resource, _)| resource));
            }
            RefusalReason::Bounds(violations) => {
                keys.extend(violations.iter().filter_map(BoundViolation::unspecified));
            }
            _ => {}
        }
    }
    keys
}

/// Returns the name for a LimitRange of defaults that no LimitRange of the namespace has.
fn free_name(rules: &Simulator, namespace: &str) -> String {
    let is_taken = |name: &String| {
        let rules = rules.namespaces.get(namespace);
        rules.is_some_and(|rules| rules.limit_ranges.iter().any(|range| range.name == *name))
    };
    let names =
        std::iter::once("defaults".to_owned()).chain((2..).map(|number| format!("defaults-{number}")));
    names.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
}

/// Returns rules with a LimitRange of defaults for what containers must specify: the largest starter amounts with which
/// everything is admitted, else the smallest.
pub(super) fn with_defaults(
    rules: &Simulator,
    namespace: &str,
    refusals: &[(RefusedBy, String)],
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<Simulator> {
    let keys = unspecified(refusals);
    if keys.is_empty() {
        return None;
    }
    let name = free_name(rules, namespace);
    let present = rules.namespaces.get(namespace).into_iter().flat_map(|rules| &rules.limit_ranges);
    let present = present.flat_map(|range| &range.items).filter(|item| item.kind == "Container");
    let requests: ResourceList = present.flat_map(|item| item.default_request.clone()).collect();
    let mut last = None;
    for example in starter_amounts() {
        let mut changed = rules.clone();
        let ranges = changed.namespaces.entry(namespace.to_owned()).or_default().limit_ranges_mut();
        ranges.push(defaults(&keys, example, (namespace, &name), &requests)?);
        if feasibility(&changed).complete {
            return Some(changed);
        }
        last = Some(changed);
    }
    last
}

fn defaults(
    keys: &[String],
    example: StarterAmounts,
    (namespace, name): (&str, &str),
    requests: &ResourceList,
) -> Option<LimitRangeFacts> {
    let mut item = json!({"type": "Container"});
    for key in keys {
        let (is_limit, resource) = split_quota_key(key);
        let field = if is_limit { "default" } else { "defaultRequest" };
        item[field][resource] = json!(example.amount(resource));
    }
    // The server takes a default limit for the default request where none is given (`SetDefaults_LimitRangeItem`).
    for (resource, amount) in item["default"].as_object().cloned().unwrap_or_default() {
        if item["defaultRequest"].get(&resource).is_none() {
            item["defaultRequest"][resource] = amount;
        }
    }
    // Where another LimitRange has a default request, the same one: otherwise either would apply, at random.
    for (resource, request) in requests {
        if item["defaultRequest"].get(resource).is_some() {
            item["defaultRequest"][resource] = json!(request.canonical());
            let limit = item["default"][resource].as_str().and_then(|limit| Quantity::parse(limit).ok());
            if limit.is_some_and(|limit| limit < *request) {
                item["default"][resource] = json!(request.canonical());
            }
        }
    }
    let range = json!({
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"limits": [item]},
    });
    serde_json::from_value(range).ok().and_then(|range| LimitRangeFacts::new(&range).ok())
}

/// Widens the bounds of a LimitRange that a message says are violated, and raises default limits that are less than what
/// containers request. Returns whether anything changed.
pub(super) fn widen_in(rules: &mut Simulator, namespace: &str, name: &str, message: &str) -> bool {
    let ranges = rules.namespaces.get_mut(namespace).map(|rules| rules.limit_ranges_mut());
    let Some(range) = ranges.and_then(|ranges| ranges.iter_mut().find(|range| range.name == name)) else {
        return false;
    };
    let mut is_wider = false;
    for message in find_in_line(message) {
        match &message.reason {
            RefusalReason::Bounds(violations) => {
                for violation in violations {
                    is_wider |= widen(&mut range.items, violation).is_some();
                }
            }
            RefusalReason::Invalid { why } => {
                for (requested, resource) in requests_above_limits(why) {
                    is_wider |= raise_default(&mut range.items, resource, &requested);
                }
            }
            _ => {}
        }
    }
    is_wider
}

/// Reads which requests a message says to be above their limits.
fn requests_above_limits(why: &str) -> Vec<(Quantity, &str)> {
    let complaints = why.split("Invalid value: \"").skip(1);
    let read = complaints.filter_map(|complaint| {
        let (amount, rest) = complaint.split_once("\": must be less than or equal to ")?;
        let (resource, _) = rest.split_once(" limit of ")?;
        Some((Quantity::parse(amount).ok()?, resource))
    });
    read.collect()
}

/// Raises the default limit of containers to what one of them requests, and the maximum with it: it can't be less.
fn raise_default(items: &mut [Item], resource: &str, requested: &Quantity) -> bool {
    let mut is_raised = false;
    for item in items.iter_mut().filter(|item| item.kind == "Container") {
        let Some(default) = item.default.get_mut(resource).filter(|default| **default < *requested) else {
            continue;
        };
        *default = requested.in_format_of(default);
        is_raised = true;
        if let Some(max) = item.max.get_mut(resource).filter(|max| **max < *requested) {
            *max = requested.in_format_of(max);
        }
    }
    is_raised
}

/// Widens the violated bound to what is requested; `None` where it is wide enough, or where nothing is requested.
fn widen(items: &mut [Item], violation: &BoundViolation) -> Option<()> {
    let BoundViolation { rule, kind, resource, found, .. } = violation;
    let (_, number) = found.rsplit_once(" is ")?;
    let number = Quantity::parse(number).ok()?;
    let item = items.iter_mut().find(|item| item.kind == *kind)?;
    let list = match rule {
        Rule::Minimum => &mut item.min,
        Rule::Maximum => &mut item.max,
        Rule::Ratio => &mut item.ratio,
    };
    let bound = list.get_mut(resource)?;
    // The server prints six decimals of a ratio, so it is rounded up to an integer.
    let number = if *rule == Rule::Ratio { number.round_up(0) } else { number.in_format_of(bound) };
    // There is one violation for each container: the widest bound satisfies all.
    let is_wider = if *rule == Rule::Minimum { number < *bound } else { number > *bound };
    is_wider.then(|| *bound = number)
}
