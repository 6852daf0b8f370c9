//! `kubectl ns-switch undo` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    kubeconfig::write::{UndoRecord, undo},
    output::Printer,
};

use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    state::{PreviousContext, PreviousNamespace},
    switching::{Difference, Switcher, UNDO, WriteFlags},
};

pub const LONG_ABOUT: &str = "\
Undo the last change to the kubeconfig

The files get back the bytes they had, unless something else has changed them since. One change is remembered for each \
KUBECONFIG; running it again redoes the change.

Examples:
  # Undo the last switch, rename or deletion
  kubectl ns-switch undo

  # Show what that would change
  kubectl ns-switch undo --dry-run";

/// Undoes the last change to these kubeconfig files, byte for byte; running it again redoes the change.
///
/// # Errors
/// No change is remembered, a file has changed since, or a file can't be written.
pub fn run(flags: WriteFlags, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let switcher = Switcher::new(&kubeconfigs, connection).write(flags);
    let record: Option<UndoRecord> = switcher.store.recall(UNDO, &switcher.place);
    let Some(record) = record.filter(|record| !record.is_empty()) else {
        return Err(Error::new("there is nothing to undo")
            .with_hint("a change is remembered for the kubeconfig files it was made in: are KUBECONFIG and --kubeconfig as they were?"));
    };
    if flags.dry_run.is_dry() {
        switcher.show(record.preview(&switcher.write_options())?, printer)?;
        return Ok(ExitStatus::Success);
    }
    let before = ContextIndex::read(&kubeconfigs)?;
    let written = undo(&record, &switcher.write_options())?;
    switcher.written(&written, printer);
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
                    &PreviousNamespace { namespace },
                    "-",
                    printer,
                );
            }
            _ => {}
        }
    }
    Ok(ExitStatus::Success)
}
