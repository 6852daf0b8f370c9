//! `kubectl quota who`: who uses what quotas limit.

mod args;
mod collect;
mod decide;
mod metrics;
mod parts;
mod render;
pub mod row;
mod run;
mod tree;

pub use args::WhoArgs;
pub use run::run;
