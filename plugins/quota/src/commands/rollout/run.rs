//! `kubectl quota rollout` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer},
};

use super::{
    args::RolloutArgs,
    json::Document,
    table::{explanations, note, table},
    verdict::Verdict,
};
use crate::capacity::{rollout, target_workload};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: RolloutArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let subject = target_workload::read(&args.capacity, connection, printer)?;
    let rollout = rollout(&subject).map_err(Error::new)?;
    let verdict = Verdict::new(rollout.completes, subject.is_complete());
    match args.capacity.output.format {
        Format::Table => {
            printer.table(&table(&subject, &rollout, verdict), args.capacity.output.table_options())?;
            printer.data(&explanations(&rollout))?;
            note(&subject, &rollout).into_iter().for_each(|note| printer.note(note));
            if rollout.may_wait {
                printer.note(
                    "Terminating pods still count against the quota, so some new pods may be refused at first; the controller retries with exponential backoff, up to 16 minutes",
                );
            }
        }
        format => printer.document(format, &Document::new(&subject, &rollout, verdict))?,
    }
    Ok(verdict.exit_status())
}
