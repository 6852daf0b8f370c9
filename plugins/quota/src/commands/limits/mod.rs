//! `kubectl quota limits`: the LimitRanges in force, and what they make of a workload's containers.

mod args;
mod collect;
pub mod containers;
pub mod json;
mod render;
mod run;

pub use args::LimitsArgs;
pub use run::run;
