//! What `usage` prints, in every format.

use std::collections::BTreeSet;

use shared::{
    Result,
    output::{Format, Printer, sanitize_line},
};

use super::{
    collect::Coverage,
    gathered::Gathered,
    group::{GroupBy, NamespaceLabels, group},
    json::{UsageGroupList, usage_list},
    options::Options,
    order::arrange,
    prometheus,
    table::{self, Columns},
};

/// All that is needed to show an answer.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The rows, selected and sorted.
    pub gathered: &'a Gathered,
    /// How far they reach.
    pub coverage: &'a Coverage,
    /// Labels of namespaces, where they were asked for and could be read.
    pub labels: Option<&'a NamespaceLabels>,
    /// What was asked.
    pub options: &'a Options,
}

/// Writes the answer as data.
///
/// # Errors
/// Standard output can't be written.
pub fn show(view: &View, printer: &mut Printer) -> Result<()> {
    match &view.options.by {
        Some(by) => show_groups(view, by, printer),
        None => show_rows(view, printer),
    }
}

fn show_rows(view: &View, printer: &mut Printer) -> Result<()> {
    let View { gathered, coverage, options, .. } = view;
    let columns = Columns::for_people(coverage.namespace.as_deref(), options.format);
    match options.format {
        Format::Table | Format::Wide => {
            printer.table(&table::of_rows(&gathered.rows, columns), options.table)
        }
        Format::Csv => {
            let columns = Columns::FIXED;
            printer.csv(&table::of_rows(&gathered.rows, columns), options.table.no_headers)
        }
        Format::Markdown => {
            let columns = Columns::FIXED;
            printer.markdown(&table::of_rows(&gathered.rows, columns))
        }
        Format::Name => {
            let quotas: BTreeSet<_> =
                gathered.rows.iter().map(|row| (&row.place.namespace, &row.place.quota)).collect();
            let names =
                quotas.into_iter().map(|(_, quota)| format!("resourcequota/{}\n", sanitize_line(quota)));
            printer.data(&names.collect::<String>())
        }
        Format::Prom => printer.data(&prometheus::render(&gathered.facts)),
        format => printer.document(format, &usage_list(&gathered.rows, &coverage.skipped)),
    }
}

fn show_groups(view: &View, by: &GroupBy, printer: &mut Printer) -> Result<()> {
    let View { gathered, coverage, labels, options } = view;
    let no_labels = NamespaceLabels::new();
    let mut groups = group(&gathered.rows, by, labels.unwrap_or(&no_labels), &options.thresholds);
    arrange(&mut groups, options.sort, options.top);
    match options.format {
        Format::Csv => printer.csv(&table::of_groups(&groups, by), options.table.no_headers),
        Format::Markdown => printer.markdown(&table::of_groups(&groups, by)),
        Format::Table | Format::Wide => printer.table(&table::of_groups(&groups, by), options.table),
        format => printer.document(format, &UsageGroupList::new(by, &groups, &coverage.skipped)),
    }
}
