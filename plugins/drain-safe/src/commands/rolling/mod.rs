//! `kubectl drain-safe rolling`.

mod args;
mod forecast;
mod run;

pub use args::RollingArgs;
pub use run::run;
