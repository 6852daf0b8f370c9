//! `kubectl ns-switch undo` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    kubeconfig::write::{UndoRecord, undo},
    output::Printer,
    prompt::Consent,
};

use super::args::UndoArgs;
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    settings::Settings,
    state::{PreviousContext, PreviousNamespace},
    switching::{Difference, ProtectedStep, Switcher, UNDO, confirm_protected},
};

/// Undoes the last change to these kubeconfig files, byte for byte; running it again redoes the change.
///
/// # Errors
/// No change is remembered, a file has changed since, or a file can't be written.
pub fn run(args: &UndoArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let switcher = Switcher::new(&kubeconfigs, connection).yes(args.yes).write(args.write);
    let record: Option<UndoRecord> = switcher.store.recall(UNDO, &switcher.place);
    let Some(record) = record.filter(|record| !record.is_empty()) else {
        return Err(Error::new("there is nothing to undo")
            .with_hint("a change is remembered for the kubeconfig files it was made in: are KUBECONFIG and --kubeconfig as they were?"));
    };
    let before = ContextIndex::read(&kubeconfigs)?;
    let sources = record.applied_to(before.clone().into_sources(&kubeconfigs)?)?;
    let planned = Difference::between(&before, &ContextIndex::from_sources(sources));
    confirm(&planned, switcher.consent(), printer)?;
    let options = switcher.write_options(printer);
    if args.write.dry_run.is_dry() {
        switcher.show(record.preview(&options)?, printer)?;
        return Ok(ExitStatus::Success);
    }
    if planned.iter().any(Difference::is_loss) {
        let redo = record.reversed()?;
        switcher.with_saved_undo(&redo, printer, || undo(&record, &options))?;
    } else {
        let written = undo(&record, &options)?;
        switcher.written(&written, printer);
    }
    let removes_user = |difference: &Difference| matches!(difference, Difference::Vanished("User", _));
    if let Some(folder) = switcher.store.folder().filter(|_| planned.iter().any(removes_user)) {
        printer.note(format!(
            "`kubectl ns-switch undo` redoes it; until the next change the removed credentials are kept in {}",
            folder.display()
        ));
    }
    let after = ContextIndex::read(&kubeconfigs)?;
    for difference in Difference::between(&before, &after) {
        printer.note(difference.line());
        // Undoing a switch is a switch: `-` leads back to where one was before `undo`.
        match difference {
            Difference::Current { before: Some(context), .. } => {
                let previous = PreviousContext::new(context);
                switcher.remember(PreviousContext::KIND, &switcher.place, &previous, "-", printer);
            }
            // Undoing that none was current: `-` leads to where it led before.
            Difference::Current { before: None, after: Some(context) } => {
                let known: Option<PreviousContext> =
                    switcher.store.recall(PreviousContext::KIND, &switcher.place);
                if let Some(earlier) =
                    known.filter(|known| known.context == context).and_then(|known| known.earlier)
                {
                    let previous = PreviousContext::new(earlier);
                    switcher.remember(PreviousContext::KIND, &switcher.place, &previous, "-", printer);
                }
            }
            Difference::Namespace { context, before: namespace, .. } => {
                let place = switcher.place.for_context(&context);
                switcher.remember(
                    PreviousNamespace::KIND,
                    &place,
                    &PreviousNamespace { namespace, ..PreviousNamespace::default() },
                    "-",
                    printer,
                );
            }
            _ => {}
        }
    }
    Ok(ExitStatus::Success)
}

/// Asks before a way into a protected context, and before one is renamed or deleted.
fn confirm(planned: &[Difference], consent: Consent, printer: &mut Printer) -> Result<()> {
    let command = "kubectl ns-switch undo --yes";
    let settings = Settings::load()?;
    for difference in planned {
        let command = command.to_owned();
        let step = match difference {
            Difference::Current { after: Some(context), .. } => ProtectedStep::Switch { context, command },
            Difference::Vanished("Context", context) => ProtectedStep::Delete { context, command },
            _ => continue,
        };
        confirm_protected(&settings, &step, consent, printer)?;
    }
    Ok(())
}
