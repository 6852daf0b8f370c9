//! `kubectl elb-tls status` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock},
    client::Client,
    dump::Dump,
    output::{Envelope, Format, Printer},
};

use super::args::StatusArgs;
use crate::{
    api_version::API_VERSION,
    inputs::{Options, collect},
    key_changes::KeyFlags,
    service_status::{EndpointSlice, endpoint_slices, is_bad, show, status},
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: &StatusArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args.service_flags(), KeyFlags::default(), connection.namespace.clone())?;
    let mut collected = collect(&options, connection, printer)?;
    let [case] = collected.cases.as_slice() else {
        let count = collected.cases.len();
        return Err(Error::usage(format!("{count} Services are called {}", args.name))
            .with_hint("name its namespace with -n"));
    };
    let skipped = &mut collected.cluster.skipped;
    let slices = match &options.dump {
        Some(path) => Dump::read(path)?.take::<EndpointSlice>()?,
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            endpoint_slices(&client, &case.wanted.metadata, skipped).await
        })?,
    };
    let status = status(case, &collected.cluster, &slices, clock::now());
    match args.output.format {
        Format::Table | Format::Wide => show(&status, args.output.table_options(), printer)?,
        format => printer.document(format, &Envelope::new(API_VERSION, "ServiceStatus", &status))?,
    }
    collected.cluster.skipped.iter().for_each(|one| printer.warning(one.sentence()));
    Ok(match (is_bad(&status), collected.cluster.incomplete) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}
