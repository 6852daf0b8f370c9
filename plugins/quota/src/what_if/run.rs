//! `kubectl quota what-if` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::{Format, Printer},
};

use super::{
    args::WhatIfArgs,
    collect,
    decide::{End, decide},
    json::Document,
    plan::Plan,
    table,
};
use crate::clock;

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: WhatIfArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let is_stdin =
        |path: &Option<std::path::PathBuf>| path.as_ref().is_some_and(|path| path.as_os_str() == "-");
    if is_stdin(&args.filename) && is_stdin(&args.from) {
        return Err(Error::usage("standard input can be read once only"));
    }
    let now = clock::now();
    let (found, plan) = match &args.from {
        Some(path) => {
            let namespace = connection.namespace.as_deref().unwrap_or("default");
            let plan = Plan::resolve(&args, namespace)?;
            (collect::dumped(path, namespace, &plan, now)?, plan)
        }
        None => block_on(async {
            let client = Client::connect(connection).await?.with_notes(printer.voice());
            let plan = Plan::resolve(&args, client.namespace())?;
            let progress = printer.progress("reading the namespace");
            let found = collect::live(&client, &plan, now).await?;
            drop(progress);
            Ok((found, plan))
        })?,
    };
    let (namespace, skipped) = (found.namespace.clone(), found.side.skipped.clone());
    for skipped in &skipped {
        printer.warning(skipped.sentence());
    }
    let answer = decide(found, &plan);
    match args.output.format {
        Format::Table => table::show(&answer, args.output.table_options(), printer)?,
        format => printer.document(format, &Document::new(&answer, &namespace, &skipped))?,
    }
    let any = |ends: &[End]| answer.workloads.iter().any(|fate| ends.contains(&fate.after.end));
    Ok(if any(&[End::Deadlocks, End::Refused]) {
        ExitStatus::No
    } else if any(&[End::Unknown]) || !skipped.is_empty() {
        ExitStatus::Incomplete
    } else {
        ExitStatus::Success
    })
}
