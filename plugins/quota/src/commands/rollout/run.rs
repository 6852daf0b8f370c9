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
/// Whatever ends it without an answer.
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
                    "Old pods count until they are gone, and the quotas have no room for all new ones beside them: some may be refused at first, and their controller tries again after ever longer waits, up to 16 minutes",
                );
            }
        }
        format => printer.document(format, &Document::new(&subject, &rollout, verdict))?,
    }
    Ok(verdict.exit_status())
}
