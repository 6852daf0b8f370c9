//! `kubectl drain-safe explain`: what becomes of one pod, and which nodes take its replacement.

mod args;
pub mod json;
mod run;

pub use args::ExplainArgs;
pub use run::run;
