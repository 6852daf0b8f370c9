//! `kubectl drain-safe status`.

mod args;
mod run;

pub use args::StatusArgs;
pub use run::run;
