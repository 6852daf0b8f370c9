//! `kubectl quota diff`: how the quotas of two dumps differ.

mod args;
pub mod decide;
mod run;
mod table;

pub use args::DiffArgs;
pub use run::run;
