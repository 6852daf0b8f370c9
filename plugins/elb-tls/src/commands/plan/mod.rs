//! `kubectl elb-tls plan`: the listeners that the next sync makes, and what that hurts.

mod args;
pub mod json;
mod run;

pub use args::PlanArgs;
pub use run::run;
