//! The default command from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::Printer,
};

use super::args::SwitchNamespaceArgs;
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    kubectl_flags::refuse_namespace,
    namespaces::{self, Namespaces, current_namespace},
    picker::{NAMESPACE, Offer, can_pick, pick},
    settings::Picker,
    switching::{NamespaceError, NamespaceTarget, Switcher},
};

/// Runs the command.
///
/// # Errors
/// The namespace does not exist or can't be verified, or a file can't be read or written.
pub fn run(
    args: &SwitchNamespaceArgs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    refuse_namespace(connection, "name the namespace without the flag: kubectl ns-switch NAME")?;
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    if args.current {
        let index = ContextIndex::read(&kubeconfigs)?;
        let (name, note) = current_namespace(&index, connection.context.as_deref())?;
        if let Some(note) = note {
            printer.note(note);
        }
        let line = format!("{}\n", printer.name(&name));
        printer.data(&line)?;
        return Ok(ExitStatus::Success);
    }
    let switcher = Switcher::new(&kubeconfigs, connection).force(args.force).write(args.write);
    let wanted = match (&args.name, &args.literal) {
        (_, Some(name)) => NamespaceTarget::Name(name.clone()),
        (Some(name), None) if name == "-" => NamespaceTarget::Previous,
        (Some(name), None) => NamespaceTarget::Name(name.clone()),
        (None, None) if args.unset => NamespaceTarget::Unset,
        (None, None) => {
            let found = namespaces::list(&kubeconfigs, connection, printer)?;
            if args.wants_list() || !can_pick() {
                return namespaces::show(found, args.output.format, args.output.table_options(), printer);
            }
            return choose(switcher, found, "", printer);
        }
    };
    let switch = match switcher.namespace(wanted, printer) {
        Err(NamespaceError::Missing { name, context, server, nearest }) if can_pick() => {
            // Part of a name: somebody at a terminal chooses among those it fits.
            let found = namespaces::list(&kubeconfigs, connection, printer);
            let names = |found: &Namespaces| found.rows.iter().map(|row| row.name.clone()).collect();
            return match found {
                Ok(found)
                    if (Offer { names: names(&found), typed: &name, ..Offer::default() }).has_match() =>
                {
                    choose(switcher, found, &name, printer)
                }
                _ => Err(NamespaceError::Missing { name, context, server, nearest }.into()),
            };
        }
        outcome => outcome?,
    };
    switch.report(printer);
    Ok(ExitStatus::Success)
}

/// Lets the user choose one of the namespaces that were listed, and switches to it.
fn choose(
    switcher: Switcher<'_>,
    found: Namespaces,
    typed: &str,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let Some(context) = &found.context else {
        // The cluster of a pod: there is no context to write to.
        return Err(ContextIndex::read(switcher.kubeconfigs)?.no_current());
    };
    let recent = switcher.recent_namespaces(context);
    let names = found.rows.into_iter().map(|row| row.name).collect();
    let offer = Offer { names, current: Some(&found.current), recent, typed };
    let name = pick(NAMESPACE, offer, Picker::configured(Picker::Builtin)?, printer)?;
    // What was listed exists: it need not be asked for again.
    let switch = switcher.force(true).pinned(found.pin).namespace(NamespaceTarget::Name(name), printer)?;
    switch.chosen().report(printer);
    Ok(ExitStatus::Success)
}
