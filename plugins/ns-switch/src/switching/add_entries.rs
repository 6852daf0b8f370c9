//! Entries that come to the kubeconfig files.

use std::{fs, path::PathBuf};

use shared::{
    Error, Result,
    cli::ExitStatus,
    kubeconfig::{
        KubeconfigFiles, RawEntries, RawEntry,
        edit::{Edit, plan},
        write::create_file,
    },
    output::{Printer, sanitize_line},
};

use super::{Applied, ProtectedStep, Switcher, UNDO, confirm_protected::confirm_protected};
use crate::{
    kubeconfigs::ContextIndex,
    settings::Settings,
    state::{PreviousContext, session_of},
};

/// What a new kubeconfig file says before anything is added.
const EMPTY: &str = "apiVersion: v1\nkind: Config\n";

impl Switcher<'_> {
    /// Adds entries to the first file that exists, or to a new one where none does, and makes a context current. Both happen
    /// or neither.
    ///
    /// # Errors
    /// A name is taken, consent to a protected context is missing, a session stands before the files, or a file can't be
    /// written.
    pub fn add_entries(
        &self,
        entries: RawEntries,
        switch_to: Option<&str>,
        command: &str,
        printer: &mut Printer,
    ) -> Result<Applied> {
        if session_of(&self.kubeconfigs.files).is_some() {
            return Err(Error::new(
                "this shell has a context of its own, and what is added would end with it",
            )
            .with_status(ExitStatus::Guarded)
            .with_hint("run the command outside of that shell"));
        }
        if let Some(context) = switch_to {
            let step = ProtectedStep::Switch { context, command: format!("{command} --yes") };
            confirm_protected(&Settings::load()?, &step, self.consent(), printer)?;
        }
        let new_file = self.missing_file();
        if let Some(path) = &new_file {
            if self.write.dry_run.is_dry() {
                show_new_file(path, &entries, switch_to, printer)?;
                return Ok(Applied { written: false, undoable: false });
            }
            create_with_folder(path)?;
        }
        let added = self.add_to_files(entries, switch_to, printer);
        if let Some(path) = new_file.filter(|_| added.is_err()) {
            // It is as empty as it was made.
            drop(fs::remove_file(path));
        }
        added
    }

    fn add_to_files(
        &self,
        entries: RawEntries,
        switch_to: Option<&str>,
        printer: &mut Printer,
    ) -> Result<Applied> {
        let index = ContextIndex::read(self.kubeconfigs)?;
        let before = index.current.clone();
        let current = switch_to.map(|context| Edit::SetCurrentContext(context.to_owned()));
        let edits: Vec<Edit> = [Edit::AddEntries(entries)].into_iter().chain(current).collect();
        let applied = self.apply(index, &edits, printer)?;
        if let Some(context) = before.filter(|before| switch_to.is_some_and(|to| to != before))
            && applied.written
        {
            let previous = self.leaving(context);
            self.remember(PreviousContext::KIND, &self.place, &previous, "-", printer);
        }
        Ok(applied)
    }

    /// Replaces what a user says. The old credentials are kept nowhere, so that `undo` can't bring them back.
    ///
    /// # Errors
    /// The user does not exist, or the file can't be written.
    pub fn replace_user(&self, user: RawEntry, printer: &mut Printer) -> Result<()> {
        let sources = ContextIndex::read(self.kubeconfigs)?.into_sources(self.kubeconfigs)?;
        let written = plan(sources, &[Edit::ReplaceUser(user)])?.execute(&self.write_options(printer))?;
        self.store.forget(UNDO, &self.place);
        written.notes().iter().for_each(|note| printer.note(note));
        Ok(())
    }

    /// Returns the file to make where none exists: of a list the last one, as kubectl (client-go's `GetDefaultFilename`).
    fn missing_file(&self) -> Option<PathBuf> {
        let directory = &self.kubeconfigs.environment.current_directory;
        let paths = self.kubeconfigs.files.paths();
        let exists = paths.iter().any(|path| fs::symlink_metadata(directory.join(path)).is_ok());
        let path = match &self.kubeconfigs.files {
            KubeconfigFiles::Listed(paths) => paths.last(),
            _ => paths.first(),
        };
        path.filter(|_| !exists).map(|path| directory.join(path))
    }
}

fn create_with_folder(path: &std::path::Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| Error::kubeconfig(format!("can't make {}: {error}", folder.display())))?;
    }
    create_file(path, EMPTY.as_bytes()).map_err(|error| error.with_status(ExitStatus::Kubeconfig))
}

fn show_new_file(
    path: &std::path::Path,
    entries: &RawEntries,
    switch_to: Option<&str>,
    printer: &mut Printer,
) -> Result<()> {
    let shown = sanitize_line(&path.display().to_string()).into_owned();
    let lists = [("context", &entries.contexts), ("cluster", &entries.clusters), ("user", &entries.users)];
    let added = lists.into_iter().flat_map(|(word, list)| {
        list.iter().map(move |entry| format!("{word} \"{}\" added", sanitize_line(&entry.name)))
    });
    let current = switch_to.map(|name| format!("current-context none → \"{}\"", sanitize_line(name)));
    let lines = added.chain(current).map(|change| format!("{shown}: {change} (dry run)\n"));
    printer.data(&lines.collect::<String>())
}
