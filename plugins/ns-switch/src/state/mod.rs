//! What is remembered between two runs: where one was before.
//!
//! Files in `$XDG_STATE_HOME/kubectl-ns-switch`, never in `~/.kube`, where tools take any file for a kubeconfig. A
//! file's name is a hash, so that no context's name can lead out of the folder or collide with another's; what it is
//! for stands inside. Whatever is wrong with these files never hinders a switch.

mod place;
mod previous;
mod store;

pub use place::Place;
pub use previous::{Previous, PreviousContext};
pub use store::Store;
