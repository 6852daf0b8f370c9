//! `kubectl quota what-if` from flags to exit status.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock},
    client::Client,
    output::{Format, Items, Printer, sanitize_line},
};

use super::{
    args::WhatIfArgs, collect, decide::decide, impact::RolloutOutcome, proposed_change::ProposedChange, table,
};
use crate::{document, unchecked::not_checked};

/// The content of a document, and beside it what the answer does not cover.
#[derive(Serialize, JsonSchema)]
pub struct Checked<'a, T> {
    #[serde(flatten)]
    content: T,
    unchecked: &'a [String],
}

/// Runs the command.
///
/// # Errors
/// Anything that prevents an answer.
pub fn run(args: WhatIfArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    args.dump.require_one_stdin(&args.filename)?;
    let now = clock::now();
    let change = ProposedChange::resolve(&args, connection.namespace.as_deref())?;
    let mut connection = connection.clone();
    if connection.namespace.is_none() {
        connection.namespace = change.own_namespace()?;
    }
    let connection = &connection;
    let mut found = match &args.dump.from {
        Some(path) => {
            let namespace = connection.namespace.as_deref().unwrap_or("default");
            collect::from_dump(path, namespace, &change, now)?
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let what = if change.all_namespaces { "reading the namespaces" } else { "reading the namespace" };
            let progress = printer.progress(what);
            let found = collect::from_cluster(&client, &change, now).await;
            drop(progress);
            found
        })?,
    };
    let skipped = found.snapshot.skipped.clone();
    found.snapshot.remarks.iter().for_each(|remark| printer.warning(remark));
    for skipped in &skipped {
        printer.warning(skipped.sentence());
    }
    let unchecked = std::mem::take(&mut found.unchecked);
    let answers = decide(found);
    match (args.output.format, answers.as_slice()) {
        (Format::Table | Format::Wide, _) => {
            table::show(&answers, change.all_namespaces, args.output.table_options(), printer)?;
            printer.prose(&not_checked(&unchecked))?;
            if answers.iter().all(|answer| answer.changes.is_empty()) && !change.has_limit_ranges() {
                printer.remark("Nothing changes: the quota has these amounts already");
            }
            for impact in answers.iter().flat_map(|answer| &answer.workloads) {
                let Some(command) = &impact.resume_command else { continue };
                let name = sanitize_line(&impact.name);
                printer.remark(format!("Deployment {name} is paused: nothing rolls out until `{command}`"));
            }
        }
        (format, [only]) if !change.all_namespaces => {
            printer.document(
                format,
                &document::one("WhatIf", Checked { content: only, unchecked: &unchecked }, &skipped),
            )?;
        }
        (format, all) => {
            printer.document(
                format,
                &document::one(
                    "WhatIfList",
                    Checked { content: Items::new(all), unchecked: &unchecked },
                    &skipped,
                ),
            )?;
        }
    }
    let impacts = answers.iter().flat_map(|answer| &answer.workloads);
    let any = |ends: &[RolloutOutcome]| impacts.clone().any(|impact| ends.contains(&impact.after.outcome));
    Ok(if any(&[RolloutOutcome::Deadlocks, RolloutOutcome::Refused]) {
        ExitStatus::No
    } else if any(&[RolloutOutcome::Unknown]) || !skipped.is_empty() {
        ExitStatus::Incomplete
    } else {
        ExitStatus::Success
    })
}
