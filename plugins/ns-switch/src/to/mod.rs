//! `kubectl ns-switch [NAME]`: the namespace one works in.

mod args;
mod current;
mod run;

pub use args::ToArgs;
pub use run::run;
