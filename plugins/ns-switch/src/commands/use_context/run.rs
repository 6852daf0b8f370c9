//! `kubectl ns-switch use` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Printer, ShellCommand},
};

use super::args::UseArgs;
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs, OtherContext},
    kubectl_flags::refuse_target,
    picker::{Offer, can_pick, pick_context},
    sessions::{Session, SessionTarget},
    settings::{Picker, Settings},
    switching::{Switcher, Target},
};

/// Runs the command.
///
/// # Errors
/// The context or namespace does not exist, consent is missing, or a file can't be written.
pub fn run(args: &UseArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    refuse_target(connection)?;
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let switcher = Switcher::new(&kubeconfigs, connection).force(args.force).yes(args.yes).write(args.write);
    let text = match (&args.target, &args.literal) {
        (Some(text), _) if text == "-" => {
            let switch = switcher.previous_context(printer)?;
            switch.report(printer);
            return Ok(ExitStatus::Success);
        }
        (Some(text), _) | (None, Some(text)) => text.clone(),
        (None, None) => {
            let index = ContextIndex::read(&kubeconfigs)?;
            let others = kubeconfigs.other_contexts()?;
            if index.contexts.is_empty() && others.is_empty() {
                return Err(index.no_current());
            }
            return choose(&switcher, &index, others, "", printer);
        }
    };
    let index = ContextIndex::read(&kubeconfigs)?;
    let target = Target::parse(&text, &index);
    if target.namespace.is_none() && index.context(target.context).is_none() && can_pick() {
        // Part of a name: somebody at a terminal chooses among those it fits.
        let names = index.contexts.iter().map(|context| context.name.clone()).collect();
        if (Offer { names, typed: &text, ..Offer::default() }).has_match() {
            return choose(&switcher, &index, Vec::new(), &text, printer);
        }
    }
    match target.namespace {
        None => {
            let is_missing = index.context(target.context).is_none();
            let switched = switcher.context_in(index, target.context, printer);
            let switched = match is_missing {
                true => switched.map_err(|error| beside(error, &kubeconfigs, target.context)),
                false => switched,
            };
            switched?.report(printer);
        }
        Some(namespace) => {
            let (context, moved) =
                switcher.context_with_namespace(index, target.context, namespace, printer)?;
            moved.report(printer);
            context.report(printer);
        }
    }
    Ok(ExitStatus::Success)
}

/// Lets the user choose a context, and switches to it.
fn choose(
    switcher: &Switcher<'_>,
    index: &ContextIndex,
    others: Vec<OtherContext>,
    typed: &str,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let own = index.contexts.iter().map(|context| context.name.clone());
    let names = own.chain(others.iter().map(OtherContext::label)).collect();
    let recent = switcher.recent_contexts();
    let offer = Offer { names, current: index.current.as_deref(), recent, typed };
    let name = pick_context(offer, Picker::configured(Picker::Builtin)?, printer)?;
    let other = others.into_iter().find(|other| other.label() == name && index.context(&name).is_none());
    if let Some(other) = other {
        // It has a file of its own, which is entered in a shell.
        let files = switcher.kubeconfigs.of_file(other.file);
        let target = SessionTarget { target: Some(&other.name), force: switcher.force, yes: switcher.yes };
        let session = Session::open(&files, switcher.connection, target, printer)?;
        printer.flush()?;
        return session.run(&[], Settings::load()?.prompt != Some(false), &[]);
    }
    // A name, whatever slashes are in it.
    switcher.context(&name, printer)?.report(printer);
    Ok(ExitStatus::Success)
}

/// Hints at the shell for a context that a file beside ours has.
fn beside(error: Error, kubeconfigs: &Kubeconfigs, name: &str) -> Error {
    let others = kubeconfigs.other_contexts().unwrap_or_default();
    match others.iter().find(|other| other.name == name) {
        None => error,
        Some(other) => {
            let command = ShellCommand::new(["kubectl", "ns-switch", "shell"]).name(name);
            error.with_hint(format!("{} has it: `{command}` enters it", other.file.display()))
        }
    }
}
