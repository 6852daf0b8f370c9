//! `kubectl drain-safe finish`.

mod args;
mod run;

pub use args::FinishArgs;
pub use run::run;
