//! The one place that changes kubeconfig files.

use shared::{
    Result,
    kubeconfig::{
        edit::{Edit, plan},
        write::{UndoRecord, WriteOptions, Written},
    },
    output::Printer,
};

use super::Switcher;
use crate::kubeconfigs::ContextIndex;

/// The kind of record that the last change is remembered in.
pub const UNDO: &str = "undo";

impl Switcher<'_> {
    /// Changes the files as `index` read them, all or none, and remembers how to undo it. Returns
    /// whether they were written: a dry run only shows the changes.
    ///
    /// # Errors
    /// A value that can't be changed alone, a lock that stays, a file or folder that can't be written.
    pub fn apply(&self, index: ContextIndex, edits: &[Edit], printer: &mut Printer) -> Result<bool> {
        let plan = plan(index.into_sources(self.kubeconfigs)?, edits)?;
        let notes = plan.notes().to_vec();
        let is_dry = self.write.dry_run.is_dry();
        if is_dry {
            self.show(plan.preview(&self.write_options())?, printer)?;
        } else {
            let written = plan.execute(&self.write_options())?;
            self.written(&written, printer);
        }
        notes.iter().for_each(|note| printer.note(note));
        Ok(!is_dry)
    }

    /// Remembers how to undo a write, and prints its notes.
    pub fn written(&self, written: &Written, printer: &mut Printer) {
        written.notes().iter().for_each(|note| printer.note(note));
        if !written.undo().is_empty() {
            self.remember::<UndoRecord>(UNDO, &self.place, written.undo(), "undo", printer);
        }
    }

    /// Returns the options of writes.
    pub fn write_options(&self) -> WriteOptions {
        WriteOptions {
            break_lock: self.write.break_lock,
            backup_directory: Some(self.store.folder().to_owned()),
            ..WriteOptions::default()
        }
    }
}
