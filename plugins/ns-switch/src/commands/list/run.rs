//! `kubectl ns-switch list` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::{Client, Surroundings},
    output::Printer,
};

use super::args::ListArgs;
use crate::{
    kubeconfigs::Kubeconfigs,
    namespaces::{Known, collect, show},
};

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: &ListArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    // The current namespace is that of the context, whatever the flag says.
    let connection = &ConnectionFlags { namespace: None, ..connection.clone() };
    let kubeconfigs = Kubeconfigs::of(connection)?;
    let kubeconfig = kubeconfigs.load(false)?;
    block_on(async {
        let client = Client::connect_with(connection, &kubeconfig, &Surroundings::of_process())?;
        let known = Known::gather(&kubeconfigs, &kubeconfig, client.context())?;
        let progress = printer.progress("listing namespaces");
        let namespaces = collect(&client, &known).await?;
        drop(progress);
        let current = client.namespace().to_owned();
        show(namespaces, &current, client.context(), args.output.format, args.output.table_options(), printer)
    })
}
