//! `kubectl drain-safe export`: what a drain or an upgrade could lose, as files that `kubectl apply` accepts.

mod args;
mod run;

pub use args::ExportArgs;
pub use run::run;
