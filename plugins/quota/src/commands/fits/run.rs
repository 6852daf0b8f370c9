//! `kubectl quota fits` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Envelope, Format, Printer, sanitize_line},
};

use super::{
    args::FitsArgs,
    json::Document,
    table::{explanations, refusals, table},
};
use crate::{
    api_version::API_VERSION,
    capacity::{Fits, TargetWorkload, autoscaler::autoscalers, fits, max_pods, read, read_all},
    document,
    unchecked::not_checked,
};

/// The workloads that may have more pods, or fewer, by a number of their own.
const KINDS: &[&str] = &["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: FitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    if args.capacity.is_about_all() {
        return run_all(args, connection, printer);
    }
    let target = read::read(&args.capacity, connection, printer)?;
    let fits = fits(&target).map_err(Error::new)?;
    let most = max_pods(&target, &fits).map_err(Error::new)?;
    let autoscalers = autoscalers(&target, most);
    match args.capacity.output.format {
        Format::Table => {
            printer.table(&table([(&target, &fits)]), args.capacity.output.table_options())?;
            printer.data(&explanations(&target, &fits, &autoscalers))?;
            printer.data(&not_checked(&target.unchecked))?;
            if target.is_paused() {
                printer.note(format!(
                    "Deployment {} is paused: until `{}`, it creates pods only of templates that it has pods of",
                    sanitize_line(&target.manifest.name),
                    target.command_to_resume()
                ));
            }
        }
        format => {
            let document = Document::new(&target, &fits, &autoscalers, args.replicas);
            printer.document(format, &Envelope::new(API_VERSION, "Fits", document))?;
        }
    }
    let too_many = args.replicas.is_some_and(|wanted| most.is_some_and(|most| wanted > most));
    Ok(match (too_many, target.is_complete()) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    })
}

/// Runs the command for all workloads of a namespace or the cluster.
fn run_all(args: FitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    if args.replicas.is_some() {
        return Err(Error::usage("--replicas is about one workload").with_hint("name it: deployment/web"));
    }
    let all = read_all::read_all(&args.capacity, KINDS, connection, printer)?;
    let judged = all.targets.iter().map(|target| Ok((target, fits(target).map_err(Error::new)?)));
    let judged = judged.collect::<Result<Vec<(&TargetWorkload, Fits)>>>()?;
    match args.capacity.output.format {
        Format::Table => {
            let rows = judged.iter().map(|(target, fits)| (*target, fits));
            printer.table(&table(rows.clone()), args.capacity.output.table_options())?;
            printer.data(&refusals(rows))?;
            printer.data(&not_checked(&all.unchecked()))?;
        }
        format => {
            let autoscalers = judged
                .iter()
                .map(|(target, fits)| Ok(autoscalers(target, max_pods(target, fits).map_err(Error::new)?)))
                .collect::<Result<Vec<_>>>()?;
            let items = judged
                .iter()
                .zip(&autoscalers)
                .map(|((target, fits), autoscalers)| Document::new(target, fits, autoscalers, None));
            printer.document(format, &document::list("FitsList", items, &all.skipped))?;
        }
    }
    all.note_if_empty(printer);
    let is_complete = all.skipped.is_empty() && all.targets.iter().all(TargetWorkload::is_complete);
    Ok(if is_complete { ExitStatus::Success } else { ExitStatus::Incomplete })
}
