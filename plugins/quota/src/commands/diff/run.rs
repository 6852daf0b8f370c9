//! `kubectl quota diff` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, DumpFlag, ExitStatus},
    dump::Dump,
    model::ResourceQuota,
    output::{Format, Printer},
};

use super::{args::DiffArgs, decide::rows, table::table};
use crate::document::list;

/// Runs the command. It asks no cluster; of the connection only the namespace counts.
///
/// # Errors
/// A dump that can't be read or holds no quota.
pub fn run(args: &DiffArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    DumpFlag::default().require_one_stdin([&args.old, &args.new])?;
    let quotas = |path: &std::path::PathBuf| -> Result<Vec<ResourceQuota>> {
        let mut quotas = Dump::read(path)?.require::<ResourceQuota>()?;
        let wanted = connection.namespace.as_deref();
        quotas.retain(|quota| wanted.is_none_or(|namespace| quota.metadata.namespace == namespace));
        Ok(quotas)
    };
    let mut rows = rows(quotas(&args.old)?, quotas(&args.new)?)?;
    rows.retain(|row| args.all || row.differs());
    let options = args.output.table_options();
    match args.output.format {
        Format::Csv => printer.csv(&table(rows.iter()), options.no_headers)?,
        Format::Markdown => printer.markdown(&table(rows.iter()))?,
        Format::Table | Format::Wide => {
            printer.table(&table(rows.iter()), options)?;
            if rows.is_empty() {
                printer.note("Nothing changed");
            }
        }
        format => printer.document(format, &list("UsageDiff", &rows, &[]))?,
    }
    Ok(ExitStatus::Success)
}
