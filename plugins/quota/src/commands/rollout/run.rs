//! `kubectl quota rollout` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer},
};

use super::{
    json::Document,
    table::{explanations, note, table},
    verdict::Verdict,
};
use crate::{
    capacity::{args::CapacityArgs, read, rollout},
    unchecked::not_checked,
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: CapacityArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let target = read::read(&args, connection, printer)?;
    let rollout = rollout(&target).map_err(Error::new)?;
    let verdict = Verdict::new(rollout.completes, target.is_complete());
    match args.output.format {
        Format::Table => {
            printer.table(&table(&target, &rollout, verdict), args.output.table_options())?;
            printer.data(&explanations(&rollout))?;
            printer.data(&not_checked(&target.unchecked))?;
            note(&target, &rollout).into_iter().for_each(|note| printer.note(note));
            if rollout.may_wait {
                printer.note(
                    "Terminating pods still count against the quota, so some new pods may be refused at first; the controller retries with exponential backoff, up to 16 minutes",
                );
            }
        }
        format => printer.document(format, &Document::new(&target, &rollout, verdict))?,
    }
    Ok(verdict.exit_status())
}
