//! What is remembered between two runs: where one was before.
//!
//! Files in `$XDG_STATE_HOME/kubectl-ns-switch`, never in `~/.kube`, where tools take any file for a kubeconfig. A
//! file's name is a hash, so that no context's name can lead out of the folder or collide with another's; what it is
//! for stands inside. Whatever is wrong with these files never hinders a switch.

use shared::state::Store;

mod place;
mod previous;

pub use place::Place;
pub use previous::{PreviousContext, PreviousNamespace};

/// Opens the folder of this plugin. It need not exist.
pub fn user_store() -> Store {
    Store::of_plugin("ns-switch")
}
