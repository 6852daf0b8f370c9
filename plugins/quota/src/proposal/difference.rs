//! The changes of a proposal to existing objects.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use shared::admission::{
    limit_range::{Item, LimitRangeFacts},
    quota_facts::{Amounts, QuotaFacts, ScopeRequirement},
};

use super::{QuotaProposal, resource_lists};

/// A value that is added, removed or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// `resourcequota/team`.
    pub object: String,
    /// `requests.cpu`, or `Container default cpu`.
    pub field: String,
    /// The current value.
    pub before: Option<String>,
    /// The proposed value.
    pub after: Option<String>,
}

impl Change {
    /// Returns `resourcequota/team requests.cpu: 4 → 6`.
    pub fn sentence(&self) -> String {
        let Self { object, field, before, after } = self;
        match (before, after) {
            (Some(before), Some(after)) => format!("{object} {field}: {before} → {after}"),
            (None, Some(after)) => format!("{object} {field}: {after} (new)"),
            (Some(before), None) => format!("{object} {field}: {before} (removed)"),
            (None, None) => format!("{object} {field}"),
        }
    }
}

/// Returns what changes in a quota.
pub fn changes_of_quota(quota: &QuotaProposal, present: &QuotaFacts) -> Vec<Change> {
    let object = format!("resourcequota/{}", quota.name);
    let mut changes = compare(&object, "", &present.spec_hard, &quota.hard);
    let texts = |requirements: &[ScopeRequirement]| {
        requirements.iter().map(ToString::to_string).collect::<BTreeSet<_>>()
    };
    let (before, after) = (texts(&present.requirements), texts(&quota.requirements()));
    let [before, after] = [before, after].map(|texts| texts.into_iter().collect::<Vec<_>>().join(","));
    if before != after {
        changes.push(Change { object, field: "scopes".to_owned(), before: Some(before), after: Some(after) });
    }
    changes
}

/// Returns what changes in a LimitRange.
pub fn changes_of_range(range: &LimitRangeFacts, present: &LimitRangeFacts) -> Vec<Change> {
    let object = format!("limitrange/{}", range.name);
    let nothing = Item::default();
    let item =
        |facts: &'_ LimitRangeFacts, kind: &str| facts.items.iter().find(|item| item.kind == kind).cloned();
    let mut changes = Vec::new();
    for kind in ["Container", "Pod", "PersistentVolumeClaim"] {
        let (before, after) = (item(present, kind), item(range, kind));
        let (before, after) = (before.unwrap_or(nothing.clone()), after.unwrap_or(nothing.clone()));
        for ((field, before), (_, after)) in resource_lists(&before).into_iter().zip(resource_lists(&after)) {
            changes.extend(compare(&object, &format!("{kind} {field} "), before, after));
        }
    }
    changes
}

fn compare(object: &str, start: &str, before: &Amounts, after: &Amounts) -> Vec<Change> {
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    let text = |amounts: &Amounts, name: &String| amounts.get(name).map(|amount| amount.text().into_owned());
    let change = |name: &String| Change {
        object: object.to_owned(),
        field: format!("{start}{name}"),
        before: text(before, name),
        after: text(after, name),
    };
    changed.map(change).collect()
}
