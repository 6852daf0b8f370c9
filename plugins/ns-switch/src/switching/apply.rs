//! The one place that changes kubeconfig files.

use shared::{
    Error, Result,
    kubeconfig::{
        edit::{Edit, Plan, plan},
        write::{UndoRecord, WriteOptions, Written},
    },
    output::Printer,
};

use super::{
    ReadOnly, Switcher,
    confirm_protected::{confirm_protected, guarded_steps},
};
use crate::{kubeconfigs::ContextIndex, settings::Settings};

/// The kind of record that the last change is remembered in.
pub const UNDO: &str = "undo";

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Whether the files were written: a dry run only shows the changes.
    pub written: bool,
    /// Whether `undo` can take it back.
    pub undoable: bool,
}

impl Switcher<'_> {
    /// Changes the files as `index` read them, all or none, and remembers how to undo it. What leads into a protected
    /// context is asked about first. What deletes something saves its undo first.
    ///
    /// # Errors
    /// A value that can't be changed alone, a lock that stays, a file or folder that can't be written, missing consent.
    pub fn apply(&self, index: ContextIndex, edits: &[Edit], printer: &mut Printer) -> Result<Applied> {
        let before = index.current.clone();
        let elsewhere = ReadOnly { current: before.clone(), edits, force: self.force, yes: self.yes };
        let plan = plan(index.into_sources(self.kubeconfigs)?, edits)?;
        let steps = guarded_steps(edits, before.as_deref(), plan.current_context());
        if !self.agreed && !steps.is_empty() {
            let settings = Settings::load()?;
            steps.iter().try_for_each(|step| confirm_protected(&settings, step, self.consent(), printer))?;
        }
        let notes = plan.notes().to_vec();
        let applied = if self.write.dry_run.is_dry() {
            match plan.preview(&self.write_options(printer)) {
                Ok(previews) => self.show(previews, printer)?,
                Err(error) => self.show_in_first_file(&elsewhere, error, printer)?,
            }
            Applied { written: false, undoable: false }
        } else {
            let undoable = match self.execute(plan, edits, printer) {
                Ok(undoable) => undoable,
                Err(error) => self.write_first_file(&elsewhere, error, printer)?,
            };
            Applied { written: true, undoable }
        };
        notes.iter().for_each(|note| printer.note(note));
        Ok(applied)
    }

    /// Writes a plan, and returns whether it can be undone.
    fn execute(&self, plan: Plan, edits: &[Edit], printer: &mut Printer) -> Result<bool> {
        let is_loss = |edit: &Edit| {
            matches!(edit, Edit::DeleteContexts(_) | Edit::DeleteUnused(_) | Edit::ReplaceContext { .. })
        };
        let options = self.write_options(printer);
        if !edits.iter().any(is_loss) {
            let written = plan.execute(&options)?;
            return Ok(self.written(&written, printer));
        }
        let planned = plan.undo_record();
        self.with_saved_undo(&planned, printer, || plan.execute(&options))
    }

    /// Saves how to undo a change before it is made, and returns whether it can be undone.
    ///
    /// # Errors
    /// It can't be saved; then nothing is changed. Or the change fails; then what could be undone before still can be.
    pub fn with_saved_undo(
        &self,
        planned: &UndoRecord,
        printer: &mut Printer,
        change: impl FnOnce() -> Result<Written>,
    ) -> Result<bool> {
        let earlier: Option<UndoRecord> = self.store.recall(UNDO, &self.place);
        if !planned.is_empty() {
            self.store.remember(UNDO, &self.place, planned).map_err(|error| self.unsaved(&error))?;
        }
        let written = match change() {
            Ok(written) => written,
            Err(error) => {
                match earlier {
                    // What can't be put back is told by the next `undo`, which finds other bytes in the files.
                    Some(earlier) => drop(self.store.remember(UNDO, &self.place, &earlier)),
                    None => self.store.forget(UNDO, &self.place),
                }
                return Err(error);
            }
        };
        if written.undo() == planned {
            written.notes().iter().for_each(|note| printer.note(note));
            return Ok(true);
        }
        Ok(self.written(&written, printer))
    }

    fn unsaved(&self, error: &std::io::Error) -> Error {
        let place =
            self.store.folder().map_or_else(String::new, |folder| format!(" in {}", folder.display()));
        let error = error.to_string();
        let error = error.split(" (os error").next().unwrap_or_default();
        Error::kubeconfig(format!(
            "cannot save{place} what `undo` would need to restore this: {error}; nothing was changed"
        ))
        .with_hint("make that folder writable, or name another one in XDG_STATE_HOME")
    }

    /// Remembers how to undo a write, prints its notes, and returns whether it can be undone.
    pub fn written(&self, written: &Written, printer: &mut Printer) -> bool {
        written.notes().iter().for_each(|note| printer.note(note));
        written.undo().is_empty()
            || self.remember::<UndoRecord>(UNDO, &self.place, written.undo(), "undo", printer)
    }

    /// Returns the options of writes.
    pub fn write_options(&self, printer: &Printer) -> WriteOptions {
        WriteOptions {
            break_lock: self.write.break_lock,
            backup_directory: self.store.folder().map(ToOwned::to_owned),
            stderr: Some(printer.stderr_sink()),
            ..WriteOptions::default()
        }
    }
}
