//! `kubectl ns-switch [NAME]`: the namespace one works in.

mod args;
mod run;

pub use args::SwitchNamespaceArgs;
pub use run::run;
