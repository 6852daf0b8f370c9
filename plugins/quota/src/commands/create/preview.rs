//! Shows the plan before anything is written.

use serde_json::Value;
use shared::output::Printer;

use super::plan::Write;
use crate::{
    inventory::Inventory,
    proposal::{Change, Proposal, Reasons, changes_of_quota, changes_of_range, yaml_manifest},
};

/// Shows each object as YAML, with what is in use beside each limit, and the changes to an existing object.
pub fn show(writes: &[Write], proposal: &Proposal, inventory: &Inventory, printer: &mut Printer) {
    let in_use = in_use(proposal, inventory);
    for write in writes {
        let verb = match (&write.present, write.changes_nothing()) {
            (None, _) => "is new",
            (Some(_), true) => "does not change",
            (Some(_), false) => "changes",
        };
        printer.note(format!("{} in namespace {} {verb}:", write.object(), proposal.namespace));
        let text = yaml_manifest(&write.manifest, &in_use);
        text.lines().for_each(|line| printer.note(format!("  {line}")));
        if write.present.is_some() {
            let changes = changes(write.resource, proposal, inventory);
            changes.iter().for_each(|change| printer.note(format!("  {}", change.sentence())));
        }
    }
}

fn in_use(proposal: &Proposal, inventory: &Inventory) -> Reasons {
    let Some(quota) = &proposal.quota else { return Reasons::new() };
    let counted = inventory.counted_quota(&quota.name, quota.hard.clone(), quota.requirements());
    let reason = |(resource, used): (&String, &shared::quantity::Quantity)| {
        let hard = quota.hard.get(resource)?;
        Some((format!("spec.hard.{resource}"), format!("in use {}", used.in_format_of(hard))))
    };
    counted.used.iter().filter_map(reason).collect()
}

fn changes(resource: &str, proposal: &Proposal, inventory: &Inventory) -> Vec<Change> {
    let rules = &inventory.rules;
    match (resource, &proposal.quota, &proposal.range) {
        ("resourcequota", Some(quota), _) => {
            let present = rules.quotas.iter().find(|present| present.name == quota.name);
            present.map(|present| changes_of_quota(quota, present)).unwrap_or_default()
        }
        (_, _, Some(range)) => {
            let present = rules.limit_ranges.iter().find(|present| present.name == range.name);
            let facts = range.facts(&proposal.namespace).ok();
            present.zip(facts).map(|(present, facts)| changes_of_range(&facts, present)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Returns the objects as kubectl prints them: several in a List.
pub fn objects(mut objects: Vec<Value>) -> Value {
    match objects.len() {
        1 => objects.remove(0),
        _ => serde_json::json!({"apiVersion": "v1", "kind": "List", "items": objects}),
    }
}
