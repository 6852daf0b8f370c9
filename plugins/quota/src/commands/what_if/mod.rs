//! `kubectl quota what-if`: which workloads changed quotas and LimitRanges would refuse.

mod args;
mod collect;
mod decide;
pub mod impact;
mod proposed_change;
pub mod run;
mod table;

pub use args::WhatIfArgs;
pub use run::run;
