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
    namespaces::{self, current_namespace},
    picker::{NAMESPACE, can_pick, pick},
    settings::Picker,
    switching::{NamespaceTarget, Switcher},
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
            if found.context.is_none() {
                // The cluster of a pod: there is no context to write to.
                return Err(ContextIndex::read(&kubeconfigs)?.no_current());
            }
            // What was listed exists: it need not be asked for again.
            let names = found.rows.into_iter().map(|row| row.name).collect();
            let picker = Picker::configured(Picker::Builtin)?;
            let name = pick(NAMESPACE, names, Some(&found.current), picker, printer)?;
            let switch =
                switcher.force(true).pinned(found.pin).namespace(NamespaceTarget::Name(name), printer)?;
            switch.chosen().report(printer);
            return Ok(ExitStatus::Success);
        }
    };
    let switch = switcher.namespace(wanted, printer)?;
    switch.report(printer);
    Ok(ExitStatus::Success)
}
