//! `kubectl quota fits`: how many more pods of a workload the quotas of its namespace admit.

mod args;
pub mod json;
mod run;
mod table;

pub use args::FitsArgs;
pub use run::run;
