//! The one place that changes kubeconfig files.

use clap::{Arg, Args};
use shared::{
    Result,
    cli::DryRun,
    kubeconfig::{
        edit::{Edit, plan},
        write::{UndoRecord, WriteOptions, Written},
    },
    output::Printer,
};

use crate::{outline::Outline, switching::Switcher};

/// The flags of every command that writes.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct WriteFlags {
    /// Remove a lock file that somebody left behind, where it hinders writing
    #[arg(long)]
    pub break_lock: bool,

    /// Only show what would change in which file, and write nothing; with server the namespace is looked for
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_value_t,
        default_missing_value = "client"
    )]
    pub dry_run: DryRun,
}

/// `--dry-run` of a command for which there is nothing to be asked of a server.
pub fn without_server(dry_run: Arg) -> Arg {
    dry_run
        .help("Only show what would change in which file, and write nothing; no server is asked either way")
}

/// The kind of file the last change is remembered in, so that it can be taken back.
pub const UNDO: &str = "undo";

impl Switcher<'_> {
    /// Makes changes to the files as `outline` read them, all or none, and remembers how to take them back. Returns
    /// whether they were made: in a dry run they are shown only.
    ///
    /// # Errors
    /// A value that can't be changed alone, a lock that stays, a file or folder that can't be written.
    pub fn apply(&self, outline: Outline, edits: &[Edit], printer: &mut Printer) -> Result<bool> {
        let plan = plan(outline.into_sources(self.kubeconfigs)?, edits)?;
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

    /// Remembers a write and says what there is to be said about it.
    pub fn written(&self, written: &Written, printer: &mut Printer) {
        written.notes().iter().for_each(|note| printer.note(note));
        if !written.undo().is_empty() {
            self.remember::<UndoRecord>(UNDO, &self.place, written.undo(), "undo", printer);
        }
    }

    /// How writes behave.
    pub fn write_options(&self) -> WriteOptions {
        WriteOptions {
            break_lock: self.write.break_lock,
            backup_directory: Some(self.store.folder().to_owned()),
            ..WriteOptions::default()
        }
    }
}
