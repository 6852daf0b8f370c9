//! Prints explanations.

use shared::{
    Result,
    client::incomplete::Skipped,
    output::{Cell, Column, Format, Printer, Style, Table, TableOptions, sanitize_line},
    quantity::{Quantity, percent_cell},
};

use super::explanation::{Explanation, Holder, State};
use crate::document;

/// The number of holders shown for each resource; JSON has all.
const MAX_HOLDERS: usize = 5;

/// Prints the explanation of one subject.
///
/// # Errors
/// Standard output that cannot be written.
pub fn one(
    explanation: &Explanation,
    skipped: &[Skipped],
    (format, options): (Format, TableOptions),
    printer: &mut Printer,
) -> Result<()> {
    match format {
        Format::Table => text(explanation, options, printer),
        format => printer.document(format, &document::one("Explanation", explanation, skipped)),
    }
}

/// Prints the explanations of a namespace.
///
/// # Errors
/// Standard output that cannot be written.
pub fn all(
    explanations: &[Explanation],
    skipped: &[Skipped],
    (format, options): (Format, TableOptions),
    printer: &mut Printer,
) -> Result<()> {
    match format {
        Format::Table => {
            for (index, explanation) in explanations.iter().enumerate() {
                if index > 0 {
                    printer.data("\n")?;
                }
                let namespace = |one: &Explanation| one.subject.namespace.clone();
                let before = index.checked_sub(1).and_then(|before| explanations.get(before)).map(namespace);
                let is_mixed = explanations.iter().any(|one| namespace(one) != namespace(explanation));
                if is_mixed && before.is_none_or(|before| before != namespace(explanation)) {
                    printer
                        .data(&format!("Namespace {}\n", sanitize_line(&explanation.subject.namespace)))?;
                }
                text(explanation, options, printer)?;
            }
            Ok(())
        }
        format => printer.document(format, &document::list("ExplanationList", explanations, skipped)),
    }
}

fn text(explanation: &Explanation, options: TableOptions, printer: &mut Printer) -> Result<()> {
    let style = match explanation.state {
        State::Refused | State::NotQuota => Style::Critical,
        State::Unknown => Style::Warning,
        State::Admissible | State::Complete => Style::Ok,
    };
    let summary = sanitize_line(&explanation.summary).into_owned();
    let summary = printer.styled(style, &summary).into_owned();
    printer.data(&format!("{summary}\n"))?;
    let mut messages: Vec<&str> = Vec::new();
    for row in &explanation.refusals {
        if !messages.contains(&row.message.as_str()) {
            messages.push(&row.message);
        }
    }
    if messages.len() > 1 && explanation.subject.kind != "Text" {
        printer.data(match explanation.state {
            State::NotQuota => "  the server returns the first of these until its cause is removed:\n",
            _ => "  the server returns one of these messages:\n",
        })?;
    }
    for message in messages {
        printer.data(&format!("  {}\n", sanitize_line(message)))?;
    }
    let shortages = shortages(explanation);
    if !shortages.is_empty() {
        printer.data("\n")?;
        printer.table(&shortages, options)?;
    }
    let holders = holders(explanation);
    if !holders.is_empty() {
        printer.data("\n")?;
        printer.table(&holders, options)?;
    }
    printer.data(&rest(explanation))
}

fn shortages(explanation: &Explanation) -> Table {
    let columns = ["QUOTA", "RESOURCE", "REQUESTED", "USED", "FREE", "HARD", "SHORT BY"];
    let mut table = Table::new(columns.map(Column::new));
    for row in &explanation.refusals {
        let (Some(resource), Some(quota)) = (&row.resource, &row.quota) else { continue };
        let amount = |amount: &Option<Quantity>| amount.as_ref().map_or("-".to_owned(), Quantity::to_string);
        table.push([
            quota.clone().into(),
            resource.clone().into(),
            amount(&row.requested).into(),
            amount(&row.used).into(),
            amount(&row.free).into(),
            amount(&row.hard).into(),
            Cell::styled(amount(&row.short), Style::Critical),
        ]);
    }
    table
}

fn holders(explanation: &Explanation) -> Table {
    let columns = ["QUOTA", "RESOURCE", "USED BY", "OBJECTS", "USED", "SHARE"];
    let mut table = Table::new(columns.map(Column::new));
    let mut shown: Vec<&Holder> = Vec::new();
    for holder in &explanation.holders {
        let alike = |one: &&&Holder| one.quota == holder.quota && one.resource == holder.resource;
        if shown.iter().filter(alike).count() >= MAX_HOLDERS {
            continue;
        }
        shown.push(holder);
    }
    for holder in shown {
        let of = explanation.refusals.iter().find(|row| {
            row.quota.as_ref() == Some(&holder.quota) && row.resource.as_ref() == Some(&holder.resource)
        });
        let total = of.and_then(|row| row.used.as_ref());
        let share = total.and_then(|total| percent_cell(&holder.used, total));
        table.push([
            holder.quota.clone().into(),
            holder.resource.clone().into(),
            format!(
                "{}/{}{}",
                holder.owner.kind,
                holder.owner.name,
                if holder.finished { " (finished)" } else { "" }
            )
            .into(),
            holder.objects.to_string().into(),
            holder.used.to_string().into(),
            share.unwrap_or_else(|| "-".to_owned()).into(),
        ]);
    }
    table
}

fn rest(explanation: &Explanation) -> String {
    let mut text = String::new();
    let mut line = |start: &str, line: &str| text.push_str(&format!("{start}{}\n", sanitize_line(line)));
    if let Some(retry) = &explanation.retry {
        line("\n", &retry.text);
        if let Some(command) = &retry.command {
            line("  to retry now: ", command);
        }
    }
    if explanation.subject.kind != "Text" && !explanation.controller_messages.is_empty() {
        line("\n", "Latest controller messages (amounts as of the message):");
        explanation.controller_messages.iter().for_each(|message| line("  ", message));
    }
    if !explanation.fix.is_empty() {
        let heading = if explanation.fix.len() > 1 { "Any one of these fixes it:" } else { "To fix it:" };
        line("\n", heading);
        explanation.fix.iter().for_each(|fix| line("  ", fix));
    }
    if !explanation.notes.is_empty() {
        line("\n", "Notes:");
        explanation.notes.iter().for_each(|note| line("  ", note));
    }
    text
}
