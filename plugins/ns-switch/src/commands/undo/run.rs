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

/// Takes the last change to these kubeconfig files back, byte for byte; once more takes the taking back back.
///
/// # Errors
/// Nothing is remembered, or a file has changed since, or can't be written.
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
        // Taking back a switch is a switch: `-` leads to where one just was.
        match difference {
            Difference::Current { before: Some(context), .. } => {
                let previous = PreviousContext { context };
                switcher.remember(PreviousContext::KIND, &switcher.place, &previous, "-", printer);
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
