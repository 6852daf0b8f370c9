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
    picker::pick_context,
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
            let names = index.contexts.iter().map(|context| context.name.clone()).collect();
            let picker = Picker::configured(Picker::Builtin)?;
            pick_context(names, index.current.as_deref(), picker, printer)?
        }
    };
    let index = ContextIndex::read(&kubeconfigs)?;
    let target = Target::parse(&text, &index);
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
