//! Prints the result of `what-if` as tables.

use shared::{
    Result,
    output::{Cell, Column, Printer, Prose, Style, Table, TableOptions},
    quantity::Quantity,
};

use super::impact::{
    AutoscalerReach, HardLimitChange, RolloutOutcome, WhatIf, WorkloadImpact, WorkloadState,
};

/// Prints the changed limits, the workloads, the autoscalers, and the server's messages; `with_namespace` adds the
/// namespace of each.
///
/// # Errors
/// Standard output that cannot be written.
pub fn show(
    answers: &[WhatIf],
    with_namespace: bool,
    options: TableOptions,
    printer: &mut Printer,
) -> Result<()> {
    let mut changed = table(with_namespace, ["QUOTA", "RESOURCE", "NOW", "THEN", "USED", "STATE"]);
    let columns = ["KIND", "NAME", "PODS", "NOW", "THEN", "MORE NOW", "MORE THEN"];
    let mut impacts = table(with_namespace, columns);
    let columns = ["AUTOSCALER", "WORKLOAD", "MAX", "REACHES NOW", "REACHES THEN"];
    let mut reached = table(with_namespace, columns);
    for answer in answers {
        let namespace = || with_namespace.then(|| Cell::from(answer.namespace.clone()));
        answer.changes.iter().for_each(|one| changed.push(namespace().into_iter().chain(change(one))));
        answer.workloads.iter().for_each(|one| impacts.push(namespace().into_iter().chain(impact(one))));
        answer.autoscalers.iter().for_each(|one| reached.push(namespace().into_iter().chain(reach(one))));
    }
    let mut is_first = true;
    for (table, droppable) in
        [(&changed, &["USED"][..]), (&impacts, &["PODS", "MORE NOW", "MORE THEN"]), (&reached, &["WORKLOAD"])]
    {
        if table.is_empty() {
            continue;
        }
        if !is_first {
            printer.data("\n")?;
        }
        is_first = false;
        printer.table_to_fit(table, options, droppable)?;
    }
    for answer in answers {
        printer.prose(&refusals(answer, with_namespace))?;
    }
    Ok(())
}

fn table<const N: usize>(with_namespace: bool, columns: [&'static str; N]) -> Table {
    let namespace = with_namespace.then_some("NAMESPACE");
    Table::new(namespace.into_iter().chain(columns).map(Column::new))
}

/// Returns the server's messages to the workloads that do not complete.
fn refusals(answer: &WhatIf, with_namespace: bool) -> Prose {
    let mut prose = Prose::default();
    let place = match with_namespace {
        true => format!(" in namespace {}", answer.namespace),
        false => String::new(),
    };
    for impact in answer.workloads.iter().filter(|impact| impact.after.outcome != RolloutOutcome::Completes) {
        prose.blank();
        prose.sentence(0, &format!("{} {}{place}", impact.kind, impact.name));
        impact.after.messages.iter().for_each(|message| prose.sentence(2, message));
    }
    prose
}

fn amount(amount: Option<&Quantity>) -> Cell<'_> {
    amount.map_or_else(|| "-".to_owned(), ToString::to_string).into()
}

fn change(one: &HardLimitChange) -> [Cell<'_>; 6] {
    let state = match (one.over, &one.to, &one.used) {
        (true, ..) => Cell::styled("Over", Style::Critical),
        (false, None, _) => "NoLimit".into(),
        // What nothing counts can't be compared.
        (false, Some(_), None) => "-".into(),
        (false, Some(_), Some(_)) => Cell::styled("Ok", Style::Ok),
    };
    [
        one.quota.as_str().into(),
        one.resource.as_str().into(),
        amount(one.from.as_ref()),
        amount(one.to.as_ref()),
        amount(one.used.as_ref()),
        state,
    ]
}

fn impact(impact: &WorkloadImpact) -> [Cell<'_>; 7] {
    let end = |state: &WorkloadState| match state.outcome {
        RolloutOutcome::Completes => Cell::styled("Completes", Style::Ok),
        RolloutOutcome::Deadlocks => Cell::styled("Deadlocks", Style::Critical),
        RolloutOutcome::Refused => Cell::styled("Refused", Style::Critical),
        RolloutOutcome::Unknown => Cell::styled("Unknown", Style::Warning),
    };
    let more = |state: &WorkloadState| -> Cell {
        state.fits.map_or_else(|| "any".to_owned(), |more| more.to_string()).into()
    };
    [
        impact.kind.as_str().into(),
        impact.name.as_str().into(),
        impact.pods.to_string().into(),
        end(&impact.before),
        end(&impact.after),
        more(&impact.before),
        more(&impact.after),
    ]
}

fn reach(one: &AutoscalerReach) -> [Cell<'_>; 5] {
    let style = if one.after < one.before { Style::Warning } else { Style::Plain };
    [
        one.name.as_str().into(),
        format!("{}/{}", one.workload.kind, one.workload.name).into(),
        one.max_replicas.to_string().into(),
        one.before.to_string().into(),
        Cell::styled(one.after.to_string(), style),
    ]
}
