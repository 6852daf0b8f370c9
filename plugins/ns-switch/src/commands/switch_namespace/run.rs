//! The default command from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::{Client, Surroundings},
    output::{Printer, sanitize_line},
};

use super::args::SwitchNamespaceArgs;
use crate::{
    kubeconfigs::{Kubeconfigs, Outline},
    kubectl_flags::refuse_namespace,
    namespaces::{self, Known, Namespaces, current_namespace},
    picker::{NAMESPACE, can_pick, pick},
    settings::Picker,
    switching::{Switcher, Wanted},
};

/// Runs the command.
///
/// # Errors
/// Whatever ends it without the namespace being what it is to be.
pub fn run(
    args: &SwitchNamespaceArgs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    refuse_namespace(connection, "name the namespace without the flag: kubectl ns-switch NAME")?;
    let kubeconfigs = Kubeconfigs::of(connection)?;
    if args.current {
        let outline = Outline::read(&kubeconfigs)?;
        let (name, note) = current_namespace(&outline, connection.context.as_deref())?;
        if let Some(note) = note {
            printer.note(note);
        }
        printer.data(&format!("{}\n", sanitize_line(&name)))?;
        return Ok(ExitStatus::Success);
    }
    let switcher = Switcher::new(&kubeconfigs, connection).force(args.force).write(args.write);
    let wanted = match (&args.name, &args.literal) {
        (_, Some(name)) => Wanted::Name(name.clone()),
        (Some(name), None) if name == "-" => Wanted::Previous,
        (Some(name), None) => Wanted::Name(name.clone()),
        (None, None) if args.unset => Wanted::Unset,
        (None, None) => {
            let namespaces = seen(&kubeconfigs, connection, printer)?;
            if args.wants_list() || !can_pick() {
                let Seen { namespaces, current, context } = namespaces;
                let (format, table) = (args.output.format, args.output.table_options());
                return namespaces::show(namespaces, &current, context.as_deref(), format, table, printer);
            }
            // What was listed exists: it need not be asked for again.
            let names = namespaces.namespaces.rows.into_iter().map(|row| row.name).collect();
            let picker = Picker::wanted(Picker::Builtin)?;
            let name = pick(NAMESPACE, names, Some(&namespaces.current), picker, printer)?;
            let switch = switcher.force(true).namespace(Wanted::Name(name), printer)?;
            switch.chosen().report(printer);
            return Ok(ExitStatus::Success);
        }
    };
    let switch = switcher.namespace(wanted, printer)?;
    switch.report(printer);
    Ok(ExitStatus::Success)
}

/// The namespaces and where one is among them.
struct Seen {
    namespaces: Namespaces,
    current: String,
    context: Option<String>,
}

fn seen(kubeconfigs: &Kubeconfigs, connection: &ConnectionFlags, printer: &Printer) -> Result<Seen> {
    let kubeconfig = kubeconfigs.load(false)?;
    block_on(async {
        let client = Client::connect_with(connection, &kubeconfig, &Surroundings::of_process())?;
        let known = Known::gather(kubeconfigs, &kubeconfig, client.context())?;
        let progress = printer.progress("listing namespaces");
        let namespaces = namespaces::collect(&client, &known).await?;
        drop(progress);
        let context = client.context().map(ToOwned::to_owned);
        Ok(Seen { namespaces, current: client.namespace().to_owned(), context })
    })
}
