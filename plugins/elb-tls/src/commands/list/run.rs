//! `kubectl elb-tls list` from flags to exit status.

use std::mem;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    client::incomplete::Skipped,
    output::{Envelope, Format, Printer},
};

use super::{args::ListArgs, decide::Row, table::table};
use crate::{
    api_version::API_VERSION,
    inputs::{Options, collect_judged},
    key_changes::KeyFlags,
};

/// The content of the document.
#[derive(Serialize, JsonSchema)]
pub struct ServiceList<'a> {
    items: &'a [Row],
    skipped: &'a [Skipped],
}

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: ListArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args.services, KeyFlags::default(), connection.namespace.clone())?;
    let (collected, mut rows) = collect_judged(&options, connection, printer, Row::of)?;
    rows.retain(|row| row.is_one_of(args.only));
    let skipped = &collected.cluster.skipped;
    let several = rows.iter().any(|row| row.namespace != rows[0].namespace);
    let with_namespace = collected.namespace.is_none() && (several || options.all_namespaces);
    match args.output.format {
        Format::Table | Format::Wide => {
            printer.table(&table(&rows, with_namespace), args.output.table_options())?
        }
        Format::Csv => printer.csv(&table(&rows, true), args.output.table_options().no_headers)?,
        Format::Markdown => printer.markdown(&table(&rows, true))?,
        Format::Name => {
            let names: String = rows.iter().map(|row| format!("service/{}\n", row.name)).collect();
            printer.data(&names)?;
        }
        format => {
            let content = ServiceList { items: &rows, skipped };
            printer.document(format, &Envelope::new(API_VERSION, "ServiceList", content))?;
        }
    }
    skipped.iter().for_each(|one| printer.warning(one.sentence()));
    if rows.is_empty() {
        let place = collected
            .namespace
            .as_ref()
            .map_or(String::new(), |namespace| format!(" in namespace {namespace}"));
        printer.note(format!("no Service with a load balancer{place}"));
    }
    let status = if collected.cluster.incomplete { ExitStatus::Incomplete } else { ExitStatus::Success };
    // The process ends here: giving thousands of Services back piece by piece takes longer than judging some.
    mem::forget(collected);
    mem::forget(rows);
    Ok(status)
}
