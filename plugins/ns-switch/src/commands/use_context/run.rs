//! `kubectl ns-switch use` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::Printer,
};

use super::args::UseArgs;
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    kubectl_flags::refuse_target,
    picker::{Offer, can_pick, pick_context},
    settings::Picker,
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
            if index.contexts.is_empty() {
                return Err(index.no_current());
            }
            return choose(&switcher, &index, "", printer);
        }
    };
    let index = ContextIndex::read(&kubeconfigs)?;
    let target = Target::parse(&text, &index);
    if target.namespace.is_none() && index.context(target.context).is_none() && can_pick() {
        // Part of a name: somebody at a terminal chooses among those it fits.
        let names = index.contexts.iter().map(|context| context.name.clone()).collect();
        if (Offer { names, typed: &text, ..Offer::default() }).has_match() {
            return choose(&switcher, &index, &text, printer);
        }
    }
    match target.namespace {
        None => {
            switcher.context_in(index, target.context, printer)?.report(printer);
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
    typed: &str,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let names = index.contexts.iter().map(|context| context.name.clone()).collect();
    let recent = switcher.recent_contexts();
    let offer = Offer { names, current: index.current.as_deref(), recent, typed };
    let name = pick_context(offer, Picker::configured(Picker::Builtin)?, printer)?;
    // A name, whatever slashes are in it.
    switcher.context(&name, printer)?.report(printer);
    Ok(ExitStatus::Success)
}
