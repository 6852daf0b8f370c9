//! `usage --watch`: the table, then a line for each row that changes, with the delta.

mod change;

use std::{collections::BTreeMap, time::Duration};

use change::{Change, changes};
use futures::StreamExt;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Result,
    admission::quota_facts::QuotaFacts,
    cli::ExitStatus,
    client::{Client, Scope, WatchEvent, incomplete::Skipped},
    model::{Resource, ResourceQuota},
    output::{Cell, Format, Printer, json},
};
use tokio::time::timeout;

use super::{
    decide::{mark_binding, rows_of},
    options::Options,
    order::sort,
    row::Row,
    row_collector::is_requested,
    table::{self, Columns},
};

/// Pause that separates two batches of changes: a rollout updates a quota's status many times a second.
const QUIET: Duration = Duration::from_millis(200);

/// The quotas as last seen, by namespace and name.
type Known = BTreeMap<(String, String), QuotaFacts>;

/// Prints the rows, then watches and prints changes until interrupted or refused.
///
/// # Errors
/// The list is refused, or the server can't be reached.
pub async fn run(client: &Client, options: &Options, printer: &mut Printer) -> Result<ExitStatus> {
    if options.all_namespaces {
        match follow(client, Scope::All, options, printer).await {
            Err(error) if error.is_api(403) => {
                printer.warning(Skipped::list(ResourceQuota::PLURAL, "", &error).sentence());
            }
            outcome => return outcome,
        }
    }
    follow(client, Scope::Namespace(client.namespace().to_owned()), options, printer).await
}

async fn follow(
    client: &Client,
    scope: Scope,
    options: &Options,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let columns = Columns::for_people(options.all_namespaces, options.format);
    let mut events = client.watch::<ResourceQuota>(scope, options.list.clone());
    let mut known = Known::new();
    let mut shown: Option<Vec<Row>> = None;
    while let Some(event) = events.next().await {
        apply_event(event?, &mut known, printer)?;
        while let Ok(Some(event)) = timeout(QUIET, events.next()).await {
            apply_event(event?, &mut known, printer)?;
        }
        let rows = rows(&known, options);
        match &shown {
            _ if options.format == Format::Json => {
                let before = shown.as_deref().unwrap_or_default();
                changes(before, &rows).iter().try_for_each(|change| printer.data(&json_line(change)?))?;
            }
            None if rows.is_empty() => printer.note("No ResourceQuota yet; waiting for one"),
            None => printer.table(&table::of_rows(&rows, columns), options.table)?,
            Some(before) => show_changes(&changes(before, &rows), &rows, columns, options, printer)?,
        }
        printer.flush()?;
        shown = Some(rows);
    }
    Ok(ExitStatus::Success)
}

fn apply_event(event: WatchEvent<ResourceQuota>, known: &mut Known, printer: &mut Printer) -> Result<()> {
    let key = |quota: &ResourceQuota| (quota.metadata.namespace.clone(), quota.metadata.name.clone());
    match event {
        WatchEvent::Restarted(quotas) => {
            known.clear();
            for quota in quotas {
                known.insert(key(&quota), QuotaFacts::new(quota)?);
            }
        }
        WatchEvent::Added(quota) | WatchEvent::Modified(quota) => {
            known.insert(key(&quota), QuotaFacts::new(quota)?);
        }
        WatchEvent::Deleted(quota) => {
            known.remove(&key(&quota));
        }
        WatchEvent::Interrupted { error, retry_in } => {
            printer.warning(format!("{error}; retrying in {} s", retry_in.as_secs()));
        }
        WatchEvent::Reconnected => {}
    }
    Ok(())
}

fn rows(known: &Known, options: &Options) -> Vec<Row> {
    let mut rows: Vec<Row> =
        known.values().flat_map(|facts| rows_of(facts.clone(), &options.thresholds)).collect();
    mark_binding(&mut rows);
    rows.retain(|row| is_requested(&options.names, row.place.kind, &row.place.quota));
    if options.effective {
        rows.retain(|row| row.binding);
    }
    sort(&mut rows, options.sort);
    rows
}

/// A change as one line of JSON. Keys are added to, never renamed.
#[derive(Serialize, JsonSchema)]
pub struct Line<'a> {
    time: String,
    change: &'a str,
    #[serde(flatten)]
    row: &'a Row,
}

fn json_line(change: &Change) -> Result<String> {
    let line = Line { time: Timestamp::now().to_string(), change: &change.delta, row: &change.row };
    // No text in JSON has a line break of its own.
    Ok(format!("{}\n", json(&line)?.lines().map(str::trim_start).collect::<String>()))
}

/// Prints a line for each change. The lines are laid out with the headers and all rows, so that columns stay aligned, and
/// then printed alone.
fn show_changes(
    changes: &[Change],
    rows: &[Row],
    columns: Columns,
    options: &Options,
    printer: &mut Printer,
) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let changed: Vec<Row> = changes.iter().map(|change| change.row.clone()).collect();
    let notes = changes.iter().map(|change| Cell::from(change.delta.clone()));
    let all = table::of_rows(&[rows, &changed].concat(), columns)
        .with_column("CHANGE", std::iter::repeat_n(Cell::default(), rows.len()).chain(notes));
    let text = all.render(options.table, printer.appearance().color);
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines[lines.len() - changes.len()..] {
        printer.data(&format!("{line}\n"))?;
    }
    Ok(())
}
