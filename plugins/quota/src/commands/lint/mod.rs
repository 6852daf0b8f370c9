//! `kubectl quota lint`: quotas, LimitRanges and workloads that do not do what they look like.

mod args;
mod collect;
mod facts;
mod limit_ranges;
mod names;
mod quotas;
mod run;
mod workloads;

pub use args::LintArgs;
pub use run::run;
