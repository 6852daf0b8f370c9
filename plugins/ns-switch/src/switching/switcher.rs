//! Everything a switch needs besides its target.

use std::path::Path;

use shared::{cli::ConnectionFlags, kubeconfig::edit::ContextPin, prompt::Consent, state::Store};

use super::WriteFlags;
use crate::{
    kubeconfigs::Kubeconfigs,
    state::{Place, session_records, store_for},
};

/// The kubeconfig files, the flags and the history.
#[derive(Clone, Debug)]
pub struct Switcher<'a> {
    /// The kubeconfig files.
    pub kubeconfigs: &'a Kubeconfigs,
    /// kubectl's flags.
    pub connection: &'a ConnectionFlags,
    /// `--force`: the cluster is not asked whether a namespace exists.
    pub force: bool,
    /// `--yes`: no question is asked.
    pub yes: bool,
    /// Whether the user has agreed to everything, protected contexts included, after it was shown.
    pub agreed: bool,
    /// The flags of commands that write.
    pub write: WriteFlags,
    /// The context that the user was shown, whichever is current by now.
    pub pin: Option<ContextPin>,
    pub(crate) store: Store,
    pub(crate) place: Place,
}

impl<'a> Switcher<'a> {
    /// Returns a switcher of these files without any flag.
    pub fn new(kubeconfigs: &'a Kubeconfigs, connection: &'a ConnectionFlags) -> Self {
        let place = Place::for_files(&kubeconfigs.files, &kubeconfigs.environment);
        Self {
            kubeconfigs,
            connection,
            force: false,
            yes: false,
            pin: None,
            agreed: false,
            write: WriteFlags::default(),
            store: store_for(&kubeconfigs.files),
            place,
        }
    }

    /// Sets `--force`.
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Pins the context that the user was shown: namespaces are switched in it, or nowhere.
    pub fn pinned(mut self, pin: Option<ContextPin>) -> Self {
        self.pin = pin;
        self
    }

    /// Keeps records with a session that is being opened.
    pub fn in_session(mut self, overlay: &Path) -> Self {
        self.store = Store::in_folder(session_records(overlay));
        self
    }

    /// Sets `--yes`.
    pub fn yes(mut self, yes: bool) -> Self {
        self.yes = yes;
        self
    }

    /// Returns what is known of the user's consent: a dry run needs none.
    pub fn consent(&self) -> Consent {
        match (self.yes, self.write.dry_run.is_dry()) {
            (true, _) => Consent::Given,
            (false, true) => Consent::NotNeeded,
            (false, false) => Consent::Missing,
        }
    }

    /// Sets the flags of commands that write.
    pub fn write(mut self, write: WriteFlags) -> Self {
        self.write = write;
        if write.dry_run.is_dry() {
            self.store = self.store.read_only();
        }
        self
    }
}
