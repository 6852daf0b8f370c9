//! `kubectl ns-switch list` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer},
};

use super::args::ListArgs;
use crate::{kubeconfigs::Kubeconfigs, namespaces};

/// Runs the command.
///
/// # Errors
/// The namespaces can't be listed, or standard output can't be written.
pub fn run(args: &ListArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    // The current namespace is that of the context, whatever the flag says.
    let connection = &ConnectionFlags { namespace: None, ..connection.clone() };
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let found = match args.output.format {
        Format::Table | Format::Name => namespaces::list(&kubeconfigs, connection, printer),
        _ => namespaces::list_with_quotas(&kubeconfigs, connection, printer),
    }?;
    namespaces::show(found, args.output.format, args.output.table_options(), printer)
}
