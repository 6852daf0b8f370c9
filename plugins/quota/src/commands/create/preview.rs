//! Shows the plan before anything is written.

use serde_json::Value;
use shared::{
    Result,
    output::{Printer, YamlComments, yaml_with_comments},
};

use super::plan::Write;
use crate::{
    inventory::Inventory,
    proposal::{Change, Proposal, changes_of_quota, changes_of_range},
};

/// Shows each object as YAML, with what is in use beside each limit, and what changes of one that is there.
///
/// # Errors
/// An object that can't be written as YAML.
pub fn show(
    writes: &[Write],
    proposal: &Proposal,
    inventory: &Inventory,
    printer: &mut Printer,
) -> Result<()> {
    let in_use = in_use(proposal, inventory);
    for write in writes {
        let verb = match (&write.present, write.changes_nothing()) {
            (None, _) => "is new",
            (Some(_), true) => "does not change",
            (Some(_), false) => "changes",
        };
        printer.note(format!("{} in namespace {} {verb}:", write.object(), proposal.namespace));
        let text = yaml_with_comments(&write.shown(), &in_use)?;
        text.lines().for_each(|line| printer.note(format!("  {line}")));
        if write.present.is_some() {
            let changes = changes(write.resource, proposal, inventory);
            changes.iter().for_each(|change| printer.note(format!("  {}", change.sentence())));
        }
    }
    Ok(())
}

fn in_use(proposal: &Proposal, inventory: &Inventory) -> YamlComments {
    let Some(quota) = &proposal.quota else { return YamlComments::new() };
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
