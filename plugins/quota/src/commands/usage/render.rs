//! Prints the answer of `usage` in every format.

use std::collections::BTreeSet;

use shared::{
    Result,
    output::{Format, Printer, sanitize_line},
};

use super::{
    answer::Answer,
    group::{Allocatable, GroupBy, NamespaceLabels, group},
    json::{UsageGroupList, usage_list},
    options::Options,
    order::arrange,
    prometheus,
    table::{self, Columns},
};

/// Prints the answer to standard output.
///
/// # Errors
/// Standard output can't be written.
pub fn show(answer: &Answer, options: &Options, printer: &mut Printer) -> Result<()> {
    match &options.by {
        Some(by) => show_groups(answer, by, options, printer),
        None => show_rows(answer, options, printer),
    }
}

fn show_rows(answer: &Answer, options: &Options, printer: &mut Printer) -> Result<()> {
    let Answer { quotas, coverage, .. } = answer;
    // Who asks for all namespaces gets their column, even where only one of them may be listed.
    let namespaced = options.all_namespaces || coverage.namespace.is_none();
    let columns = Columns::for_people(namespaced, options.format);
    match options.format {
        Format::Table | Format::Wide => {
            let table = table::of_rows(&quotas.rows, columns);
            let left_out = printer.table_to_fit(&table, options.table, &table::DROPPABLE)?;
            match left_out.contains(&"REASON") {
                true => printer.prose(&table::reasons(&quotas.rows)),
                false => Ok(()),
            }
        }
        Format::Csv => {
            let columns = Columns::FIXED;
            printer.csv(&table::of_rows(&quotas.rows, columns), options.table.no_headers)
        }
        Format::Markdown => {
            let columns = Columns::FIXED;
            printer.markdown(&table::of_rows(&quotas.rows, columns))
        }
        Format::Name => {
            let named: BTreeSet<_> = quotas
                .rows
                .iter()
                .map(|row| (&row.place.namespace, row.place.kind, &row.place.quota))
                .collect();
            let names = named
                .into_iter()
                .map(|(_, kind, quota)| format!("{}/{}\n", kind.resource(), sanitize_line(quota)));
            printer.data(&names.collect::<String>())
        }
        Format::Prom => printer.data(&prometheus::render(&quotas.facts)),
        format => printer.document(format, &usage_list(&quotas.rows, &coverage.skipped)),
    }
}

fn show_groups(answer: &Answer, by: &GroupBy, options: &Options, printer: &mut Printer) -> Result<()> {
    let Answer { quotas, coverage, labels, allocatable, .. } = answer;
    let (no_labels, no_nodes) = (NamespaceLabels::new(), Allocatable::new());
    let (labels, nodes) = (labels.as_ref().unwrap_or(&no_labels), allocatable.as_ref().unwrap_or(&no_nodes));
    let mut groups = group(&quotas.rows, by, labels, nodes, &options.thresholds);
    arrange(&mut groups, options.sort, options.top);
    match options.format {
        Format::Csv => printer.csv(&table::of_groups(&groups, by), options.table.no_headers),
        Format::Markdown => printer.markdown(&table::of_groups(&groups, by)),
        Format::Table | Format::Wide => {
            let shown = table::of_groups(&groups, by);
            let left_out = printer.table_to_fit(&shown, options.table, &table::DROPPABLE)?;
            match left_out.contains(&"SCOPES") {
                true => printer.prose(&table::scopes_of_totals(&groups, by)),
                false => Ok(()),
            }
        }
        format => printer.document(format, &UsageGroupList::new(by, &groups, &coverage.skipped)),
    }
}
