//! `kubectl quota what-if`: which workloads changed quotas and LimitRanges would refuse.

mod args;
mod collect;
mod decide;
mod impact;
mod proposed_change;
mod run;
mod table;

pub use args::WhatIfArgs;
pub use run::run;
