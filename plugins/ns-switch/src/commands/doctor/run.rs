//! `kubectl ns-switch doctor` from flags to exit status.

use jiff::Timestamp;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer, Severity, findings},
};

use super::{args::DoctorArgs, collect::collect, decide::decide};
use crate::{
    api_version::API_VERSION,
    kubeconfigs::{Kubeconfigs, nothing_loaded},
    state::store_for,
};

/// Runs the command.
///
/// # Errors
/// The current directory is gone, or standard output can't be written.
pub fn run(args: &DoctorArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    // With certificates and keys, since what the client makes of them is looked at.
    let kubeconfig = kubeconfigs.load(true)?;
    let found = decide(&collect(&kubeconfigs, &kubeconfig, &store_for(&kubeconfigs.files), Timestamp::now()));
    match args.output.format {
        Format::Table => findings::show(&found, args.output.table_options(), printer)?,
        format => printer.document(format, &findings::document(API_VERSION, &found))?,
    }
    let bad = found.iter().any(|finding| finding.severity != Severity::Info);
    if kubeconfig.contexts.is_empty() && !bad {
        printer.note(nothing_loaded(&kubeconfig));
    } else if !bad {
        let count = kubeconfig.contexts.len();
        printer.note(format!("no problems found in {count} context{}", if count == 1 { "" } else { "s" }));
    }
    Ok(if bad { ExitStatus::No } else { ExitStatus::Success })
}
