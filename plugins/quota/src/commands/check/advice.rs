//! The changes of quotas and LimitRanges that get all manifests admitted, tried before they are shown.

use std::collections::BTreeSet;

use shared::{admission::simulator::Simulator, manifest::Manifest, snapshot::ClusterSnapshot};

use super::{
    decide::decide,
    dry_run::DryRun,
    row::{Row, Verdict},
};
use crate::remedy::{Feasibility, RuleChange, admit_everything, changes};

/// A change of a quota or LimitRange of a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    namespace: String,
    change: RuleChange,
}

impl Remedy {
    /// Returns the command that makes the change.
    pub fn command(&self) -> &str {
        &self.change.command
    }

    /// Returns whether an object is refused by what it changes, or for want of what it creates.
    pub fn concerns(&self, row: &Row) -> bool {
        let RuleChange { kind, name, is_new, .. } = &self.change;
        let by =
            || row.refusals.iter().any(|one| one.refused_by.kind == *kind && one.refused_by.name == *name);
        let is_short = || *kind == "ResourceQuota" && row.shortages.iter().any(|one| one.quota == *name);
        let lacks_defaults = || *is_new && row.refusals.iter().any(|one| lacks_default(&one.message));
        row.namespace == self.namespace && (by() || is_short() || lacks_defaults())
    }
}

fn lacks_default(message: &str) -> bool {
    message.contains(": must specify ")
        || message.to_lowercase().contains("no limit is specified")
        || message.to_lowercase().contains("no request is specified")
}

/// Returns the changes, one for each quota and LimitRange, that together get everything admitted that quotas and
/// LimitRanges refuse; none of a namespace where no change would. `before` is the state before the manifests.
pub fn remedies(
    rows: &[Row],
    manifests: &[Manifest],
    before: &ClusterSnapshot,
    dry_runs: &[DryRun],
) -> Vec<Remedy> {
    let namespaces: BTreeSet<&String> =
        rows.iter().filter(|row| is_refused_by_rules(row)).map(|row| &row.namespace).collect();
    if namespaces.is_empty() {
        return Vec::new();
    }
    // What only the server knows cannot be simulated under other rules.
    if !dry_runs.is_empty() && !agree(rows, &decide(manifests, &mut before.clone(), &[])) {
        return Vec::new();
    }
    namespaces.into_iter().flat_map(|namespace| of_namespace(namespace, rows, manifests, before)).collect()
}

/// Returns the changes of one namespace. Only what decides about its objects is simulated: each change is tried anew.
fn of_namespace(
    namespace: &str,
    rows: &[Row],
    manifests: &[Manifest],
    before: &ClusterSnapshot,
) -> Vec<Remedy> {
    let before = before.only(&[namespace].into());
    let decides = |one: &&Manifest| one.namespace == namespace || one.namespace.is_empty();
    let manifests: Vec<Manifest> = manifests.iter().filter(decides).cloned().collect();
    let unknown = unknown_rows(rows, namespace);
    let feasibility = |rules: &Simulator| {
        let mut snapshot = ClusterSnapshot { namespaces: rules.namespaces.clone(), ..before.clone() };
        let verdicts = decide(&manifests, &mut snapshot, &[]);
        let found = feasibility(&verdicts, namespace);
        // A change that leaves a verdict to chance does not get everything admitted.
        let is_certain = unknown_rows(&verdicts, namespace) <= unknown;
        Feasibility { complete: found.complete && is_certain, ..found }
    };
    // A change of what the manifests themselves set would be undone by them.
    let is_fixed = |kind: &str, name: &str| {
        let is_it = |one: &Manifest| one.kind.kind == kind && one.name == name && one.namespace == namespace;
        manifests.iter().any(is_it)
    };
    let rules = before.simulator();
    let Some(changed) = admit_everything(&rules, namespace, &is_fixed, &feasibility) else {
        return Vec::new();
    };
    let changes = changes(&rules, &changed, namespace).into_iter();
    changes.map(|change| Remedy { namespace: namespace.to_owned(), change }).collect()
}

fn unknown_rows(rows: &[Row], namespace: &str) -> usize {
    rows.iter().filter(|row| row.namespace == namespace && row.verdict == Verdict::Unknown).count()
}

fn feasibility(rows: &[Row], namespace: &str) -> Feasibility {
    let rows: Vec<&Row> =
        rows.iter().filter(|row| row.namespace == namespace && is_refused_by_rules(row)).collect();
    let of_refusals = rows.iter().flat_map(|row| &row.refusals).flat_map(|refusal| refusal.shortages.clone());
    Feasibility {
        complete: rows.is_empty(),
        shortages: of_refusals.chain(rows.iter().flat_map(|row| row.shortages.clone())).collect(),
        refusals: rows
            .iter()
            .flat_map(|row| &row.refusals)
            .map(|refusal| (refusal.refused_by.clone(), refusal.message.clone()))
            .collect(),
    }
}

/// Returns whether a quota or LimitRange refuses an object or what its controller creates.
pub fn is_refused_by_rules(row: &Row) -> bool {
    let by_rules = |kind: &str| matches!(kind, "ResourceQuota" | "LimitRange");
    row.verdict == Verdict::Refused && row.refusals.iter().any(|refusal| by_rules(refusal.refused_by.kind))
}

fn agree(rows: &[Row], others: &[Row]) -> bool {
    rows.len() == others.len()
        && rows
            .iter()
            .zip(others)
            .all(|(one, other)| one.verdict == other.verdict && one.messages() == other.messages())
}
