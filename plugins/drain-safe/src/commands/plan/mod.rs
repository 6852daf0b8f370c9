//! `kubectl drain-safe plan`: what a drain of some nodes would do.

mod args;
mod run;

pub use args::PlanArgs;
pub use run::run;
