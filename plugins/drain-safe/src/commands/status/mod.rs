//! `kubectl drain-safe status`.

mod args;
pub mod run;

pub use args::StatusArgs;
pub use run::run;
