//! `kubectl drain-safe drain`.

mod args;
mod run;

pub use args::DrainArgs;
pub use run::run;
