//! `kubectl quota rbac`: the least Role or ClusterRole that a command needs.

mod args;
mod combine;
mod rules;
mod run;

pub use args::RbacArgs;
pub use run::run;
