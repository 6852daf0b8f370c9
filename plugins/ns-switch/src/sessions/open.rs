//! Opening a session.

use std::{
    env,
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use shared::{Error, Result, cli::ConnectionFlags, output::Printer, regular_file::open_private};

use super::{
    files, folder,
    folder::OWNER,
    overlay,
    sweep::{HANDED_OVER, sweep},
};
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    state::{ORIGINAL, session_overlay},
    switching::{Switcher, Target, UNDO, no_previous_context},
};

/// The context and namespace a session starts with, and how they are checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionTarget<'a> {
    /// `CONTEXT[/NAMESPACE]`; without it the session starts where its surroundings are.
    pub target: Option<&'a str>,
    /// `--force`: the cluster is not asked whether the namespace exists.
    pub force: bool,
    /// `--yes`: a protected context is not asked about.
    pub yes: bool,
}

/// A session: its folder, and what the shell's environment gets. Dropping it removes the folder, unless it was kept.
#[derive(Debug)]
pub struct Session {
    folder: PathBuf,
    /// The value of KUBECONFIG in the session.
    pub kubeconfig: OsString,
    /// The value of KUBECONFIG before; none where it was not set.
    pub original: Option<OsString>,
    kept: bool,
}

impl Session {
    /// Opens a session and switches in it to the target, as `use` would; sessions whose shell has ended are removed.
    ///
    /// # Errors
    /// As for `use`, and where the session can't be kept anywhere.
    pub fn open(
        kubeconfigs: &Kubeconfigs,
        connection: &ConnectionFlags,
        target: SessionTarget<'_>,
        printer: &mut Printer,
    ) -> Result<Self> {
        sweep();
        let index = ContextIndex::read(kubeconfigs)?;
        if index.contexts.is_empty() {
            return Err(index.no_current());
        }
        let mut files = files::behind(kubeconfigs)?;
        let folder = folder::create()?;
        let mut session = Self { folder, kubeconfig: OsString::new(), original: original(), kept: false };
        write(&session.overlay(), &overlay::text(&index)?)?;
        files.insert(0, session.overlay());
        session.kubeconfig = files::listed(&files)?;
        // Outside, since nothing came before in a session that has just begun.
        let previous = match target.target {
            Some("-") => Some(previous(kubeconfigs, connection)?),
            _ => None,
        };
        if let Some(text) = previous.as_deref().or(target.target) {
            let inside = files::as_listed(kubeconfigs, session.kubeconfig.clone(), files);
            let switcher = Switcher::new(&inside, connection).force(target.force).yes(target.yes);
            let switcher = switcher.in_session(&session.overlay());
            switch_to(&switcher, text, printer)?;
            // What the session starts with is not to be undone in it.
            switcher.store.forget(UNDO, &switcher.place);
        }
        Ok(session)
    }

    /// Returns the file that stands before all others.
    pub fn overlay(&self) -> PathBuf {
        self.folder.join("kubeconfig")
    }

    /// Returns the session's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Prepares the session for a shell that will name itself as its owner, and returns the file to do so in.
    ///
    /// # Errors
    /// The session's folder can't be written.
    pub fn hand_over(&self) -> Result<String> {
        write(&self.folder.join(HANDED_OVER), "")?;
        Ok(self.folder.join(OWNER).to_string_lossy().into_owned())
    }

    /// Leaves the session to its owner: it stays when this process ends.
    pub fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.kept {
            // What is left over the next session removes.
            drop(fs::remove_dir_all(&self.folder));
        }
    }
}

/// Returns the context that `-` means.
fn previous(kubeconfigs: &Kubeconfigs, connection: &ConnectionFlags) -> Result<String> {
    Switcher::new(kubeconfigs, connection).known_previous_context().ok_or_else(no_previous_context)
}

/// Switches to `CONTEXT[/NAMESPACE]`, as `use` does.
fn switch_to(switcher: &Switcher<'_>, text: &str, printer: &mut Printer) -> Result<()> {
    let index = ContextIndex::read(switcher.kubeconfigs)?;
    let target = Target::parse(text, &index);
    match target.namespace {
        None => switcher.context_in(index, target.context, printer)?.report(printer),
        Some(namespace) => {
            let (context, moved) =
                switcher.context_with_namespace(index, target.context, namespace, printer)?;
            moved.report(printer);
            context.report(printer);
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    let written = open_private(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Error::new(format!("can't write {}: {error}", path.display())))
}

/// Returns KUBECONFIG from before all sessions.
fn original() -> Option<OsString> {
    let variable = match session_overlay() {
        Some(_) => ORIGINAL,
        None => "KUBECONFIG",
    };
    env::var_os(variable).filter(|value| !value.is_empty())
}
