//! `kubectl quota limits` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::{Format, Printer},
};

use super::{
    args::LimitsArgs,
    collect::{self, Collected},
    containers::{Outlook, outlook},
    json::rows,
    render,
};
use crate::document::list;

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: &LimitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let collected = match &args.dump.from {
        Some(path) => {
            let namespace = connection.namespace.as_deref().filter(|_| !args.all_namespaces);
            collect::from_dump(path, namespace, args)?
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            collect::from_cluster(&client, args, connection.namespace.as_deref()).await
        })?,
    };
    collected.remarks.iter().for_each(|remark| printer.warning(remark));
    for skipped in &collected.skipped {
        printer.warning(skipped.sentence());
    }
    match collected.workloads.is_empty() {
        true => show_ranges(&collected, args, printer),
        false => show_containers(&collected, args, printer),
    }
}

fn show_ranges(collected: &Collected, args: &LimitsArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let rows = rows(collected.ranges.values().flatten());
    let namespaced = collected.namespace.is_none() || args.all_namespaces;
    let options = args.output.table_options();
    match args.output.format {
        Format::Csv => printer.csv(&render::ranges(&rows, true), options.no_headers)?,
        Format::Markdown => printer.markdown(&render::ranges(&rows, true))?,
        Format::Table | Format::Wide => {
            let droppable = render::droppable_of_ranges(&rows);
            printer.table_to_fit(&render::ranges(&rows, namespaced), options, &droppable)?;
        }
        format => printer.document(format, &list("Limits", &rows, &collected.skipped))?,
    }
    if rows.is_empty() {
        let place =
            collected.namespace.as_ref().map_or("any namespace".to_owned(), |one| format!("namespace {one}"));
        printer.remark(format!("No LimitRange in {place}"));
    }
    Ok(if collected.skipped.is_empty() { ExitStatus::Success } else { ExitStatus::Incomplete })
}

fn show_containers(collected: &Collected, args: &LimitsArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let outlooks = collected.workloads.iter().map(|workload| {
        let ranges = collected.ranges.get(&workload.namespace).map(Vec::as_slice).unwrap_or_default();
        outlook(workload, ranges, collected.version).map_err(Error::new)
    });
    let outlooks: Vec<Outlook> = outlooks.collect::<Result<_>>()?;
    let rows: Vec<_> = outlooks.iter().flat_map(|outlook| &outlook.rows).collect();
    let options = args.output.table_options();
    let namespaced = collected.namespace.is_none();
    match args.output.format {
        Format::Csv => {
            printer.csv(&render::containers(&rows, true), options.no_headers)?;
        }
        Format::Markdown => printer.markdown(&render::containers(&rows, true))?,
        Format::Table | Format::Wide => {
            let table = render::containers(&rows, namespaced);
            let left_out = printer.table_to_fit(&table, options, &render::droppable_of_containers(&rows))?;
            if render::FROM.iter().any(|from| left_out.contains(from)) {
                printer.prose(&render::sources(&rows))?;
            }
            printer.prose(&render::refusals(&outlooks))?;
        }
        format => printer.document(format, &list("ContainerLimits", &rows, &collected.skipped))?,
    }
    if rows.is_empty() {
        printer.remark("No container has a request or a limit, and no LimitRange sets one");
    }
    let is_refused = outlooks.iter().any(|outlook| outlook.certain && !outlook.refusals.is_empty());
    Ok(if is_refused { ExitStatus::No } else { ExitStatus::Success })
}
