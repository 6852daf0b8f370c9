//! What a switch needs besides its target.

use shared::{cli::ConnectionFlags, prompt::Consent, state::Store};

use super::WriteFlags;
use crate::{
    kubeconfigs::Kubeconfigs,
    state::{Place, user_store},
};

/// The files, the flags and the memory.
#[derive(Clone, Debug)]
pub struct Switcher<'a> {
    /// The kubeconfig files.
    pub kubeconfigs: &'a Kubeconfigs,
    /// kubectl's flags.
    pub connection: &'a ConnectionFlags,
    /// Don't ask the cluster whether a namespace exists.
    pub force: bool,
    /// Questions are answered with yes.
    pub yes: bool,
    /// How to write.
    pub write: WriteFlags,
    pub(crate) store: Store,
    pub(crate) place: Place,
}

impl<'a> Switcher<'a> {
    /// A switcher of these files, which asks what there is to be asked.
    pub fn new(kubeconfigs: &'a Kubeconfigs, connection: &'a ConnectionFlags) -> Self {
        let place = Place::for_files(&kubeconfigs.files, &kubeconfigs.environment);
        Self {
            kubeconfigs,
            connection,
            force: false,
            yes: false,
            write: WriteFlags::default(),
            store: user_store(),
            place,
        }
    }

    /// The same with `--force`.
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// The same with `--yes`.
    pub fn yes(mut self, yes: bool) -> Self {
        self.yes = yes;
        self
    }

    /// What is known of an answer to questions: a dry run asks none.
    pub fn consent(&self) -> Consent {
        match (self.yes, self.write.dry_run.is_dry()) {
            (true, _) => Consent::Given,
            (false, true) => Consent::NotNeeded,
            (false, false) => Consent::Missing,
        }
    }

    /// The same with the flags of commands that write.
    pub fn write(mut self, write: WriteFlags) -> Self {
        self.write = write;
        if write.dry_run.is_dry() {
            self.store = self.store.read_only();
        }
        self
    }
}
