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
use crate::{
    capacity::{autoscaler::autoscalers, fits, max_pods, read},
    unchecked::not_checked,
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: FitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let target = read::read(&args.capacity, connection, printer)?;
    let fits = fits(&target).map_err(Error::new)?;
    let most = max_pods(&target, &fits).map_err(Error::new)?;
    let autoscalers = autoscalers(&target, most);
    let document = Document::new(&target, &fits, &autoscalers, args.replicas);
    match args.capacity.output.format {
        Format::Table => {
            printer.table(&table(&target, &fits), args.capacity.output.table_options())?;
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
        format => printer.document(format, &document)?,
    }
    let too_many = args.replicas.is_some_and(|wanted| most.is_some_and(|most| wanted > most));
    Ok(match (too_many, target.is_complete()) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    })
}
