//! The table of `kubectl quota rollout`, its note, and the text after it.

use shared::{
    manifest::Manifest,
    output::{Cell, Column, Prose, Table, sanitize_line},
    workload::PodCounts,
};

use super::{json::StrategyDocument, verdict::Verdict};
use crate::capacity::{Rollout, TargetWorkload, same_namespace};

/// A workload, its rollout, and whether that completes.
type Row<'a> = (&'a TargetWorkload, &'a Rollout, Verdict);

/// Returns what a narrow terminal can do without, the first ones first.
pub fn droppable<'a>(targets: impl IntoIterator<Item = &'a TargetWorkload>) -> Vec<&'static str> {
    let namespace = same_namespace(targets).then_some("NAMESPACE");
    namespace.into_iter().chain(["UNAVAILABLE", "SURGE", "STRATEGY"]).collect()
}

/// Returns the table: one row for each workload.
pub fn table<'a>(rows: impl IntoIterator<Item = Row<'a>>) -> Table {
    let columns = ["NAMESPACE", "KIND", "NAME", "STRATEGY", "SURGE", "UNAVAILABLE", "PEAK PODS", "VERDICT"];
    let mut table = Table::new(columns.map(Column::new));
    rows.into_iter().for_each(|row| push(&mut table, row));
    table
}

fn push(table: &mut Table, (target, rollout, verdict): Row<'_>) {
    let manifest = &target.manifest;
    let number = |number: Option<usize>| number.map_or("-".to_owned(), |number| number.to_string());
    let strategy = StrategyDocument::from(rollout.strategy);
    table.push([
        manifest.namespace.clone().into(),
        manifest.kind.kind.clone().into(),
        manifest.name.clone().into(),
        strategy.kind.into(),
        number(strategy.max_surge).into(),
        number(strategy.max_unavailable).into(),
        rollout.peak.to_string().into(),
        Cell::styled(verdict.word(), verdict.style()),
    ]);
}

/// Returns what follows the table of several workloads: the refusals that stop rollouts, and what lets each complete.
pub fn explanations_of_all<'a>(rows: impl IntoIterator<Item = Row<'a>>) -> Prose {
    let mut prose = Prose::default();
    for (target, rollout, _) in rows.into_iter().filter(|(_, rollout, _)| !rollout.completes) {
        let Manifest { kind, name, .. } = &target.manifest;
        prose.blank();
        prose.sentence(0, &format!("{} {name}", kind.kind));
        prose.append(refusals(rollout));
    }
    prose
}

/// Returns a note on a rollout that is paused or in progress.
pub fn note(target: &TargetWorkload, rollout: &Rollout) -> Option<String> {
    let name = sanitize_line(&target.manifest.name);
    let PodCounts { old, new } = rollout.pod_counts;
    match (target.is_paused(), target.rollout_in_progress().is_some()) {
        (true, in_progress) => {
            let command = target.command_to_resume();
            let what = if in_progress { "the rollout" } else { "a restart" };
            Some(format!(
                "Deployment {name} is paused: nothing rolls out until `{command}`; this is the outcome of {what} after that"
            ))
        }
        (false, true) => Some(format!(
            "Deployment {name} has a rollout in progress (pods of earlier templates: {old}, of the latest: {new}); this is how it continues"
        )),
        (false, false) => None,
    }
}

/// Returns what follows the table: the refusals that stop the rollout, and commands that let it complete.
pub fn explanations(rollout: &Rollout) -> Prose {
    let mut prose = Prose::default();
    if !rollout.messages.is_empty() {
        prose.blank();
    }
    prose.append(refusals(rollout));
    prose
}

fn refusals(rollout: &Rollout) -> Prose {
    let mut prose = Prose::default();
    rollout.messages.iter().for_each(|message| prose.sentence(2, message));
    if !rollout.fix.is_empty() {
        prose.sentence(2, "to let it complete:");
    }
    rollout.fix.iter().for_each(|fix| prose.command(4, fix));
    prose
}
