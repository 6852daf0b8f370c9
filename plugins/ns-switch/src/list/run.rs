//! `kubectl ns-switch list` from flags to exit status.

use jiff::Timestamp;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::{Client, Environment},
    output::{Format, Printer, TableOptions},
};

use super::{
    args::ListArgs,
    collect::{Namespaces, collect},
    json::NamespaceList,
    table::table,
};
use crate::{known::Known, kubeconfigs::Kubeconfigs, natural_order::natural};

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
        let client =
            Client::connect_with(connection, &kubeconfig, &Environment::of_process(), printer.stderr_sink())?;
        let known = Known::gather(&kubeconfigs, &kubeconfig, client.context())?;
        let progress = printer.progress("listing namespaces");
        let namespaces = collect(&client, &known).await?;
        drop(progress);
        let current = client.namespace().to_owned();
        show(namespaces, &current, client.context(), args.output.format, args.output.table_options(), printer)
    })
}

/// Prints namespaces, in the order people expect, or for `-o name` in that of bytes.
///
/// # Errors
/// Standard output can't be written; and where nothing could be seen at all, the refusal.
pub fn show(
    mut namespaces: Namespaces,
    current: &str,
    context: Option<&str>,
    format: Format,
    options: TableOptions,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    if let Some(refusal) = &namespaces.refused {
        if namespaces.rows.is_empty() {
            return Err(refusal.clone().with_hint(
                "switch to one whose name you know: it is looked up by itself; or name yours under [namespaces] in the settings",
            ));
        }
        let reason = refusal.api_status().map_or_else(|| refusal.to_string(), |api| api.message.clone());
        printer.warning(format!("can't list namespaces, these are the known ones only: {reason}"));
    }
    match format {
        Format::Name => {
            namespaces.rows.sort_by(|left, right| left.name.cmp(&right.name));
            let names: String =
                namespaces.rows.iter().map(|row| format!("namespace/{}\n", row.name)).collect();
            printer.data(&names)?;
        }
        Format::Table => {
            namespaces.rows.sort_by(|left, right| natural(&left.name, &right.name));
            printer.table(&table(&namespaces.rows, current, Timestamp::now()), options)?;
        }
        format => {
            namespaces.rows.sort_by(|left, right| natural(&left.name, &right.name));
            printer.document(format, &NamespaceList::new(&namespaces, current, context))?;
        }
    }
    Ok(if namespaces.refused.is_some() { ExitStatus::Incomplete } else { ExitStatus::Success })
}
