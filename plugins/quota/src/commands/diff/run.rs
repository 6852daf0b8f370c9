//! `kubectl quota diff` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, DumpFlag, ExitStatus},
    dump::{Dump, impossible_amounts},
    model::ResourceQuota,
    output::{Format, Printer},
};

use super::{
    args::DiffArgs,
    decide::rows,
    table::{of_amounts, table},
};
use crate::document::list;

/// Runs the command. It asks no cluster; of the connection only the namespace counts.
///
/// # Errors
/// A dump that can't be read or holds no quota.
pub fn run(args: &DiffArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    DumpFlag::default().require_one_stdin([&args.old, &args.new])?;
    let mut remarks = Vec::new();
    let mut quotas = |path: &std::path::PathBuf| -> Result<Vec<ResourceQuota>> {
        let mut found = Vec::new();
        let mut quotas = Dump::read(path)?.require_last::<ResourceQuota>(&mut found)?;
        found.extend(impossible_amounts(&quotas));
        remarks.extend(found.into_iter().map(|remark| format!("{}: {remark}", path.display())));
        let wanted = connection.namespace.as_deref();
        quotas.retain(|quota| wanted.is_none_or(|namespace| quota.metadata.namespace == namespace));
        Ok(quotas)
    };
    let (before, after) = (quotas(&args.old)?, quotas(&args.new)?);
    let mut rows = rows(before, after)?;
    remarks.iter().for_each(|remark| printer.warning(remark));
    rows.retain(|row| args.all || row.differs());
    let options = args.output.table_options();
    match args.output.format {
        Format::Csv => printer.csv(&of_amounts(rows.iter()), options.no_headers)?,
        Format::Markdown => printer.markdown(&table(rows.iter()))?,
        Format::Table | Format::Wide => {
            printer.table_to_fit(&table(rows.iter()), options, &["HARD CHANGE", "USED CHANGE"])?;
            if rows.is_empty() {
                printer.note("Nothing changed");
            }
        }
        format => printer.document(format, &list("UsageDiff", &rows, &[]))?,
    }
    Ok(ExitStatus::Success)
}
