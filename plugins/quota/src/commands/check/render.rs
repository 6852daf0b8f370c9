//! Prints the answer of `check` in every format.

use shared::{
    Result,
    output::{Cell, Column, Format, Printer, Prose, Style, Table},
    snapshot::ClusterSnapshot,
};

use super::{
    advice::{Remedy, is_refused_by_rules},
    json::CheckReport,
    junit,
    options::Options,
    row::{Row, Verdict},
};
use crate::{shortage, unchecked::not_checked};

/// Prints the verdicts to standard output.
///
/// # Errors
/// Standard output can't be written.
pub fn show(
    (rows, remedies): (&[Row], &[Remedy]),
    snapshot: &ClusterSnapshot,
    unchecked: &[String],
    options: &Options,
    printer: &mut Printer,
) -> Result<()> {
    match options.format {
        Format::Table | Format::Wide => {
            printer.table_to_fit(&table(rows), options.table, droppable(rows))?;
            printer.prose(&explanations(rows, remedies))?;
            printer.prose(&not_checked(unchecked))
        }
        Format::Csv => printer.csv(&table(rows), options.table.no_headers),
        Format::Markdown => printer.markdown(&table(rows)),
        Format::Junit => printer.data(&junit::render(rows, remedies)),
        format => printer.document(
            format,
            &CheckReport::new((rows, remedies), snapshot.version(), &snapshot.skipped, unchecked),
        ),
    }
}

/// Returns what a narrow terminal can do without.
fn droppable(rows: &[Row]) -> &'static [&'static str] {
    let is_one = rows.windows(2).all(|pair| matches!(pair, [one, next] if one.namespace == next.namespace));
    if is_one { &["NAMESPACE"] } else { &[] }
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new([
        Column::new("NAMESPACE"),
        Column::new("KIND"),
        Column::new("NAME"),
        Column::new("VERDICT"),
        Column::new("NEW PODS"),
        Column::wide("SOURCE"),
        Column::wide("MESSAGE"),
    ]);
    for row in rows {
        let verdict = match row.verdict {
            Verdict::Admitted => Cell::styled("Admitted", Style::Ok),
            Verdict::Refused => Cell::styled("Refused", Style::Critical),
            Verdict::Unknown => Cell::styled("Unknown", Style::Warning),
        };
        let pods = row.pods.map_or("-".to_owned(), |pods| format!("{}/{}", pods.admitted, pods.wanted));
        let namespace = if row.namespace.is_empty() { "-".to_owned() } else { row.namespace.clone() };
        let message = row.messages().first().and_then(|message| message.lines().next().map(str::to_owned));
        table.push([
            namespace.into(),
            row.kind.clone().into(),
            row.name.clone().into(),
            verdict,
            pods.into(),
            format!("{}#{}", row.file, row.document).into(),
            message.or_else(|| row.doubt.clone()).unwrap_or_default().into(),
        ]);
    }
    table
}

/// Returns what follows the table: the server's messages, shortages, and the commands that admit everything together.
fn explanations(rows: &[Row], remedies: &[Remedy]) -> Prose {
    let mut prose = Prose::default();
    let needs_explanation = |row: &&Row| row.verdict != Verdict::Admitted || !row.warnings.is_empty();
    for row in rows.iter().filter(needs_explanation) {
        prose.blank();
        prose.sentence(0, &format!("{} {}", row.kind, row.name));
        if row.messages().len() > 1 {
            prose.sentence(2, "the server reports one of:");
        }
        // The server shows some changes as lines.
        row.messages().into_iter().flat_map(str::lines).for_each(|one| prose.sentence(2, one));
        shortage::lines(&row.shortages).iter().for_each(|one| prose.sentence(2, one));
        if let Some(doubt) = &row.doubt {
            prose.sentence(2, &format!("uncertain: {doubt}"));
        }
        row.warnings.iter().for_each(|warning| prose.sentence(2, &format!("warning: {warning}")));
    }
    if !remedies.is_empty() {
        let all = rows
            .iter()
            .filter(|row| row.verdict == Verdict::Refused)
            .all(|row| is_refused_by_rules(row) && remedies.iter().any(|remedy| remedy.concerns(row)));
        prose.blank();
        prose.sentence(
            0,
            if all { "To admit everything:" } else { "To admit what quotas and LimitRanges refuse:" },
        );
        remedies.iter().for_each(|remedy| prose.command(2, remedy.command()));
    }
    prose
}
