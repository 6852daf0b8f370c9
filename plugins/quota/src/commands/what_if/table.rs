//! `what-if` for people.

use shared::{
    Result,
    output::{Cell, Column, Printer, Style, Table, TableOptions, sanitize_line},
    quantity::Quantity,
};

use super::decide::{Change, End, Fate, Reach, State, WhatIf};

/// Prints what changes, what becomes of workloads and autoscalers, and the server's words to whom it refuses; with
/// the namespace of each where they may be of several.
///
/// # Errors
/// Standard output can't be written.
pub fn show(
    answers: &[WhatIf],
    with_namespace: bool,
    options: TableOptions,
    printer: &mut Printer,
) -> Result<()> {
    let mut changed = table(with_namespace, ["QUOTA", "RESOURCE", "NOW", "THEN", "USED", "STATE"]);
    let columns = ["KIND", "NAME", "PODS", "NOW", "THEN", "MORE NOW", "MORE THEN"];
    let mut fates = table(with_namespace, columns);
    let columns = ["AUTOSCALER", "WORKLOAD", "MAX", "REACHES NOW", "REACHES THEN"];
    let mut reached = table(with_namespace, columns);
    for answer in answers {
        let place = || with_namespace.then(|| Cell::from(answer.namespace.clone()));
        answer.changes.iter().for_each(|one| changed.push(place().into_iter().chain(change(one))));
        answer.workloads.iter().for_each(|one| fates.push(place().into_iter().chain(fate(one))));
        answer.autoscalers.iter().for_each(|one| reached.push(place().into_iter().chain(reach(one))));
    }
    if !changed.is_empty() {
        printer.table(&changed, options)?;
        printer.data("\n")?;
    }
    printer.table(&fates, options)?;
    if !reached.is_empty() {
        printer.data("\n")?;
        printer.table(&reached, options)?;
    }
    for answer in answers {
        printer.data(&refusals(answer, with_namespace))?;
    }
    Ok(())
}

fn table<const N: usize>(with_namespace: bool, columns: [&'static str; N]) -> Table {
    let namespace = with_namespace.then_some("NAMESPACE");
    Table::new(namespace.into_iter().chain(columns).map(Column::new))
}

/// The server's words to the workloads of a namespace that it would stop.
fn refusals(answer: &WhatIf, with_namespace: bool) -> String {
    let mut text = String::new();
    let place = match with_namespace {
        true => format!(" in namespace {}", sanitize_line(&answer.namespace)),
        false => String::new(),
    };
    for fate in answer.workloads.iter().filter(|fate| fate.after.end != End::Completes) {
        text.push_str(&format!("\n{} {}{place}\n", fate.kind, sanitize_line(&fate.name)));
        for message in &fate.after.messages {
            text.push_str(&format!("  {}\n", sanitize_line(message)));
        }
    }
    text
}

fn amount(amount: Option<&Quantity>) -> Cell<'_> {
    amount.map_or_else(|| "-".to_owned(), ToString::to_string).into()
}

fn change(one: &Change) -> [Cell<'_>; 6] {
    let state =
        if one.is_over() { Cell::styled("Over", Style::Critical) } else { Cell::styled("Ok", Style::Ok) };
    [
        one.quota.as_str().into(),
        one.resource.as_str().into(),
        amount(one.from.as_ref()),
        amount(one.to.as_ref()),
        amount(one.used.as_ref()),
        state,
    ]
}

fn fate(fate: &Fate) -> [Cell<'_>; 7] {
    let end = |state: &State| match state.end {
        End::Completes => Cell::styled("Completes", Style::Ok),
        End::Deadlocks => Cell::styled("Deadlocks", Style::Critical),
        End::Refused => Cell::styled("Refused", Style::Critical),
        End::Unknown => Cell::styled("Unknown", Style::Warning),
    };
    let more = |state: &State| -> Cell {
        state.fits.map_or_else(|| "any".to_owned(), |more| more.to_string()).into()
    };
    [
        fate.kind.as_str().into(),
        fate.name.as_str().into(),
        fate.pods.to_string().into(),
        end(&fate.before),
        end(&fate.after),
        more(&fate.before),
        more(&fate.after),
    ]
}

fn reach(one: &Reach) -> [Cell<'_>; 5] {
    let style = if one.after < one.before { Style::Warning } else { Style::Plain };
    [
        one.name.as_str().into(),
        format!("{}/{}", one.kind, one.workload).into(),
        one.max_replicas.to_string().into(),
        one.before.to_string().into(),
        Cell::styled(one.after.to_string(), style),
    ]
}
