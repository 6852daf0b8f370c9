//! `kubectl quota fits` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer, sanitize_line},
};

use super::{
    args::FitsArgs,
    json::Document,
    table::{explanations, table},
};
use crate::capacity::{autoscaler::autoscalers, fits, most, target_workload};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: FitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let subject = target_workload::read(&args.capacity, connection, printer)?;
    let fits = fits(&subject).map_err(Error::new)?;
    let most = most(&subject, &fits).map_err(Error::new)?;
    let autoscalers = autoscalers(&subject, most);
    let document = Document::new(&subject, &fits, &autoscalers, args.replicas);
    match args.capacity.output.format {
        Format::Table => {
            printer.table(&table(&subject, &fits), args.capacity.output.table_options())?;
            printer.data(&explanations(&fits, &autoscalers))?;
            if subject.is_paused() {
                printer.note(format!(
                    "Deployment {} is paused: until `{}`, it creates pods only of templates that it has pods of",
                    sanitize_line(&subject.manifest.name),
                    subject.command_to_resume()
                ));
            }
        }
        format => printer.document(format, &document)?,
    }
    let too_many = args.replicas.is_some_and(|wanted| most.is_some_and(|most| wanted > most));
    Ok(match (too_many, subject.is_complete()) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    })
}
