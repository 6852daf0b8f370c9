//! `kubectl elb-tls verify` from flags to exit status.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    output::{Envelope, Format, Printer},
};

use super::args::VerifyArgs;
use crate::{
    api_version::API_VERSION,
    inputs::{Options, collect},
    key_changes::KeyFlags,
    planning::ServiceName,
    verification::{Item, exit_status, show, survey},
};

/// The content of the document.
#[derive(Serialize, JsonSchema)]
pub struct VerifyReport<'a> {
    service: ServiceName,
    items: &'a [Item],
}

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer: the Service has no hostname yet, or the hostname has no addresses.
pub fn run(args: &VerifyArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args.service_flags(), KeyFlags::default(), connection.namespace.clone())?;
    let collected = collect(&options, connection, printer)?;
    collected.cluster.skipped.iter().for_each(|one| printer.warning(one.sentence()));
    let Some(case) = collected.cases.first() else {
        return Err(Error::new(format!("there is no Service {}", args.name)));
    };
    let items = block_on(survey(case, &collected.cluster, &args.survey()))?;
    match args.output.format {
        Format::Table | Format::Wide => show(&items, args.output.table_options(), printer)?,
        format => {
            let report = VerifyReport { service: ServiceName::of(&case.wanted), items: &items };
            printer.document(format, &Envelope::new(API_VERSION, "VerifyReport", report))?;
        }
    }
    Ok(exit_status(&items))
}
