//! Prints rows in every format.

use jiff::Timestamp;
use shared::{
    Result,
    client::incomplete::Skipped,
    output::{Cell, Column, Format, Printer, Prose, Style, Table, age},
    quantity::Quantity,
};

use super::{
    args::VerifyArgs,
    row::{Row, Verdict},
};
use crate::document::list;

/// Prints the rows to standard output: drift only, unless all are asked for.
///
/// # Errors
/// Standard output can't be written.
pub fn show(
    rows: &[Row],
    skipped: &[Skipped],
    namespaced: bool,
    args: &VerifyArgs,
    printer: &mut Printer,
) -> Result<()> {
    let format = args.output.format;
    let options = args.output.table_options();
    let shown = rows.iter().filter(|row| args.all || row.verdict() != Verdict::Agrees);
    match format {
        Format::Csv => printer.csv(&table(shown, true, Written::AsTime), options.no_headers),
        Format::Markdown => printer.markdown(&table(shown, true, Written::AsAge)),
        Format::Table | Format::Wide => {
            let table = table(shown.clone(), namespaced, Written::AsAge);
            let left_out = printer.table_to_fit(&table, options, &["WRITTEN", "CAUSE"])?;
            match left_out.contains(&"CAUSE") {
                true => printer.prose(&causes(shown)),
                false => Ok(()),
            }
        }
        format => printer.document(format, &list("VerifyReport", rows, skipped)),
    }
}

/// Returns the causes, for below a table that has no room for them.
fn causes<'a>(rows: impl Iterator<Item = &'a Row>) -> Prose {
    let mut prose = Prose::default();
    for Row { namespace, quota, resource, cause, .. } in rows {
        let Some(cause) = cause else { continue };
        if prose.is_empty() {
            prose.blank();
        }
        prose.sentence(2, &format!("{namespace}/{quota} {resource}: {cause}"));
    }
    prose
}

/// How a table says when a status was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// How long ago, for people.
    AsAge,
    /// As the API server writes times, for programs.
    AsTime,
}

fn table<'a>(rows: impl Iterator<Item = &'a Row>, namespaced: bool, written: Written) -> Table {
    let namespace = namespaced.then_some("NAMESPACE");
    let headers = ["QUOTA", "RESOURCE", "RECORDED", "RECOUNTED", "DRIFT", "WRITTEN", "CAUSE"];
    let mut table = Table::new(namespace.into_iter().chain(headers).map(|header| match header {
        "RECORDED" | "RECOUNTED" | "DRIFT" => Column::new(header).of_amounts(),
        header => Column::new(header),
    }));
    for row in rows {
        let amount = |amount: &Option<Quantity>| match amount {
            Some(amount) => amount.text().into_owned(),
            None => "?".to_owned(),
        };
        let style = match row.verdict() {
            Verdict::Agrees => Style::Plain,
            Verdict::Drifts => Style::Critical,
            Verdict::Unknown => Style::Warning,
        };
        let at = row.recorded_at.as_deref().and_then(|at| at.parse::<Timestamp>().ok());
        let written = at.map_or("-".to_owned(), |at| match written {
            Written::AsAge => age(Some(at), Timestamp::now()),
            Written::AsTime => at.to_string(),
        });
        let namespace = namespaced.then(|| Cell::from(row.namespace.as_str()));
        let cells = [
            row.quota.as_str().into(),
            row.resource.as_str().into(),
            amount(&row.recorded).into(),
            amount(&row.recounted).into(),
            Cell::styled(signed(row), style),
            written.into(),
            row.cause.as_deref().unwrap_or_default().into(),
        ];
        table.push(namespace.into_iter().chain(cells));
    }
    table
}

/// Returns the drift with its sign.
fn signed(row: &Row) -> String {
    match &row.drift {
        Some(drift) if drift.is_positive() => format!("+{}", drift.text()),
        Some(drift) => drift.text().into_owned(),
        None => "?".to_owned(),
    }
}
