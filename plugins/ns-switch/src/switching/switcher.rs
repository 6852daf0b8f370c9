//! What a switch needs besides its target.

use shared::cli::ConnectionFlags;

use crate::{
    kubeconfigs::Kubeconfigs,
    state::{Place, Store},
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
    pub(super) store: Store,
    pub(super) place: Place,
}

impl<'a> Switcher<'a> {
    /// A switcher of these files, which asks what there is to be asked.
    pub fn new(kubeconfigs: &'a Kubeconfigs, connection: &'a ConnectionFlags) -> Self {
        let place = Place::of_files(&kubeconfigs.files, &kubeconfigs.environment);
        Self { kubeconfigs, connection, force: false, yes: false, store: Store::of_user(), place }
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
}
