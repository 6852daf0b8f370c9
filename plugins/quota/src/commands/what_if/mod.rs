//! `kubectl quota what-if`: who would be refused if quotas were others.

mod args;
mod collect;
mod decide;
mod json;
mod proposed_change;
mod run;
mod table;

pub use args::WhatIfArgs;
pub use run::run;
