//! `kubectl quota rollout` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer},
};

use super::{
    json::Document,
    table::{droppable, explanations, explanations_of_all, note, table},
    verdict::Verdict,
};
use crate::{
    capacity::{
        Rollout, TargetWorkload,
        args::CapacityArgs,
        read,
        read_all::{self, AllTargets},
        rollout,
    },
    document,
    unchecked::not_checked,
};

/// The workloads that are rolled out.
const KINDS: &[&str] = &["Deployment", "StatefulSet", "DaemonSet"];

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: CapacityArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    if args.is_about_all() {
        return run_all(args, connection, printer);
    }
    let (target, _) = read::read(&args, false, connection, printer)?;
    if target.manifest.kind.is("", "Pod") {
        return Err(Error::usage("a Pod is not rolled out")
            .with_hint("`kubectl quota check -f FILE` tells whether it would be admitted"));
    }
    let rollout = rollout(&target)
        .map_err(|error| unjudged_error(Error::new(error), target.snapshot.skipped.is_empty()))?;
    let verdict = Verdict::new(rollout.completes, target.is_complete());
    match args.output.format {
        Format::Table | Format::Wide => {
            let row = table([(&target, &rollout, verdict)]);
            printer.table_to_fit(&row, args.output.table_options(), &droppable([&target]))?;
            printer.prose(&explanations(&rollout))?;
            printer.prose(&not_checked(&target.unchecked))?;
            note(&target, &rollout).into_iter().for_each(|note| printer.remark(note));
            if rollout.may_wait {
                printer.remark(
                    "Terminating pods still count against the quota, so some new pods may be refused at first; the controller retries with exponential backoff, up to 16 minutes",
                );
            }
        }
        format => {
            let document = Document::new(&target, &rollout, verdict);
            printer.document(format, &document::one("Rollout", document, &target.snapshot.skipped))?;
        }
    }
    Ok(verdict.exit_status())
}

/// Runs the command for all workloads of a namespace or the cluster.
fn run_all(args: CapacityArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let all = read_all::read_all(&args, KINDS, false, connection, printer)?;
    let (mut judged, mut unjudged): (Vec<(&TargetWorkload, Rollout, Verdict)>, Vec<Error>) =
        Default::default();
    for target in all.targets.iter().filter(|target| is_rolled_out(target)) {
        match rollout(target) {
            Ok(rollout) => {
                let verdict = Verdict::new(rollout.completes, target.is_complete());
                judged.push((target, rollout, verdict));
            }
            Err(error) => unjudged.push(target.unreadable(&error)),
        }
    }
    // One of which it is not known how many pods it wants does not keep the answers about the others back.
    if judged.is_empty() && !unjudged.is_empty() {
        return Err(unjudged_error(unjudged.swap_remove(0), all.skipped.is_empty()));
    }
    unjudged.iter().for_each(|error| printer.warning(error.to_string()));
    show_all(&args, &all, &judged, unjudged.is_empty(), printer)
}

/// Shows what was judged, which is all there is or not.
fn show_all(
    args: &CapacityArgs,
    all: &AllTargets,
    judged: &[(&TargetWorkload, Rollout, Verdict)],
    is_all: bool,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let rows = || judged.iter().map(|(target, rollout, verdict)| (*target, rollout, *verdict));
    match args.output.format {
        Format::Table | Format::Wide => {
            printer.table_to_fit(&table(rows()), args.output.table_options(), &droppable(&all.targets))?;
            printer.prose(&explanations_of_all(rows()))?;
            printer.prose(&not_checked(&all.unchecked()))?;
        }
        format => {
            let items = rows().map(|(target, rollout, verdict)| Document::new(target, rollout, verdict));
            printer.document(format, &document::list("RolloutList", items, &all.skipped))?;
        }
    }
    all.note_if_empty(printer);
    let any = |wanted: Verdict| judged.iter().any(|(_, _, verdict)| *verdict == wanted);
    Ok(match (any(Verdict::Deadlocks), any(Verdict::Unknown) || !all.skipped.is_empty() || !is_all) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}

/// Returns the error about a workload that can't be judged; where something could not be read, the answer is incomplete.
fn unjudged_error(error: Error, is_complete: bool) -> Error {
    if is_complete { error } else { error.with_status(ExitStatus::Incomplete) }
}

/// Returns whether a controller replaces its pods: those of `OnDelete` are replaced by hand.
fn is_rolled_out(target: &TargetWorkload) -> bool {
    target.manifest.value["spec"]["updateStrategy"]["type"] != "OnDelete"
}
