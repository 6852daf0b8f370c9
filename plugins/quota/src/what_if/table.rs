//! `what-if` for people.

use shared::{
    Result,
    output::{Cell, Column, Printer, Style, Table, TableOptions, sanitize_line},
    quantity::Quantity,
};

use super::decide::{End, State, WhatIf};

/// Prints what changes, what becomes of workloads and autoscalers, and the server's words to whom it refuses.
///
/// # Errors
/// Standard output can't be written.
pub fn show(answer: &WhatIf, options: TableOptions, printer: &mut Printer) -> Result<()> {
    if !answer.changes.is_empty() {
        printer.table(&changes(answer), options)?;
        printer.data("\n")?;
    }
    printer.table(&workloads(answer), options)?;
    if !answer.autoscalers.is_empty() {
        printer.data("\n")?;
        printer.table(&autoscalers(answer), options)?;
    }
    let mut text = String::new();
    for fate in answer.workloads.iter().filter(|fate| fate.after.end != End::Completes) {
        text.push_str(&format!("\n{} {}\n", fate.kind, sanitize_line(&fate.name)));
        for message in &fate.after.messages {
            text.push_str(&format!("  {}\n", sanitize_line(message)));
        }
    }
    printer.data(&text)
}

fn amount(amount: Option<&Quantity>) -> Cell {
    amount.map_or_else(|| "-".to_owned(), ToString::to_string).into()
}

fn changes(answer: &WhatIf) -> Table {
    let mut table = Table::new(["QUOTA", "RESOURCE", "NOW", "THEN", "USED", "STATE"].map(Column::new));
    for one in &answer.changes {
        let state =
            if one.is_over() { Cell::styled("Over", Style::Critical) } else { Cell::styled("Ok", Style::Ok) };
        table.push([
            one.quota.clone().into(),
            one.resource.clone().into(),
            amount(one.from.as_ref()),
            amount(one.to.as_ref()),
            amount(one.used.as_ref()),
            state,
        ]);
    }
    table
}

fn workloads(answer: &WhatIf) -> Table {
    let columns = ["KIND", "NAME", "PODS", "NOW", "THEN", "MORE NOW", "MORE THEN"];
    let mut table = Table::new(columns.map(Column::new));
    let end = |state: &State| match state.end {
        End::Completes => Cell::styled("Completes", Style::Ok),
        End::Deadlocks => Cell::styled("Deadlocks", Style::Critical),
        End::Refused => Cell::styled("Refused", Style::Critical),
        End::Unknown => Cell::styled("Unknown", Style::Warning),
    };
    let more = |state: &State| -> Cell {
        state.fits.map_or_else(|| "any".to_owned(), |more| more.to_string()).into()
    };
    for fate in &answer.workloads {
        table.push([
            fate.kind.clone().into(),
            fate.name.clone().into(),
            fate.pods.to_string().into(),
            end(&fate.before),
            end(&fate.after),
            more(&fate.before),
            more(&fate.after),
        ]);
    }
    table
}

fn autoscalers(answer: &WhatIf) -> Table {
    let columns = ["AUTOSCALER", "WORKLOAD", "MAX", "REACHES NOW", "REACHES THEN"];
    let mut table = Table::new(columns.map(Column::new));
    for one in &answer.autoscalers {
        let style = if one.after < one.before { Style::Warning } else { Style::Plain };
        table.push([
            one.name.clone().into(),
            format!("{}/{}", one.kind, one.workload).into(),
            one.max_replicas.to_string().into(),
            one.before.to_string().into(),
            Cell::styled(one.after.to_string(), style),
        ]);
    }
    table
}
