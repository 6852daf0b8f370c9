//! `kubectl quota rollout`: whether a rolling update completes under the quotas of its namespace.

mod args;
mod json;
mod run;
mod table;
mod verdict;

pub use args::RolloutArgs;
pub use run::run;
