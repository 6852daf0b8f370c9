//! Prints explanations.

use shared::{
    Result,
    client::incomplete::Skipped,
    output::{Cell, Column, Format, Printer, Prose, Style, Table, TableOptions, sanitize_line},
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
        Format::Table | Format::Wide => text(explanation, options, printer),
        format => printer.document(format, &document::one("Explanation", explanation, skipped)),
    }
}

/// Prints the explanations of a namespace, or of several, each under its name.
///
/// # Errors
/// Standard output that cannot be written.
pub fn all(
    explanations: &[Explanation],
    skipped: &[Skipped],
    names_namespaces: bool,
    (format, options): (Format, TableOptions),
    printer: &mut Printer,
) -> Result<()> {
    match format {
        Format::Table | Format::Wide => {
            for (index, explanation) in explanations.iter().enumerate() {
                if index > 0 {
                    printer.data("\n")?;
                }
                let namespace = |one: &Explanation| one.subject.namespace.clone();
                let before = index.checked_sub(1).and_then(|before| explanations.get(before)).map(namespace);
                let is_mixed = names_namespaces
                    || explanations.iter().any(|one| namespace(one) != namespace(explanation));
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
    let mut prose = Prose::default();
    prose.styled(0, &explanation.summary, style);
    let mut messages: Vec<&str> = Vec::new();
    for row in &explanation.refusals {
        if !messages.contains(&row.message.as_str()) {
            messages.push(&row.message);
        }
    }
    if messages.len() > 1 && explanation.subject.kind != "Text" {
        let sentence = match explanation.state {
            State::NotQuota => "the server returns the first of these until its cause is removed:",
            _ => "the server returns one of these messages:",
        };
        prose.sentence(2, sentence);
    }
    messages.into_iter().for_each(|message| prose.sentence(2, message));
    printer.prose(&prose)?;
    let shortages = shortages(explanation);
    if !shortages.is_empty() {
        printer.data("\n")?;
        printer.table_to_fit(&shortages, options, &["FREE", "REQUESTED"])?;
    }
    let holders = holders(explanation);
    if !holders.is_empty() {
        printer.data("\n")?;
        printer.table_to_fit(&holders, options, &["OBJECTS", "QUOTA", "RESOURCE"])?;
    }
    printer.prose(&rest(explanation))
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

fn rest(explanation: &Explanation) -> Prose {
    let mut prose = Prose::default();
    let heading = |prose: &mut Prose, text: &str| {
        prose.blank();
        prose.sentence(0, text);
    };
    if let Some(retry) = &explanation.retry {
        heading(&mut prose, &retry.text);
        if let Some(command) = &retry.command {
            prose.sentence(2, "to retry now:");
            prose.command(4, command);
        }
    }
    if explanation.subject.kind != "Text" && !explanation.controller_messages.is_empty() {
        heading(&mut prose, "Latest controller messages (amounts as of the message):");
        explanation.controller_messages.iter().for_each(|message| prose.sentence(2, message));
    }
    if !explanation.fix.is_empty() {
        let several = explanation.fix.len() > 1;
        heading(&mut prose, if several { "Any one of these fixes it:" } else { "To fix it:" });
        explanation.fix.iter().for_each(|fix| prose.command(2, fix));
    }
    if !explanation.notes.is_empty() {
        heading(&mut prose, "Notes:");
        explanation.notes.iter().for_each(|note| prose.sentence(2, note));
    }
    prose
}
