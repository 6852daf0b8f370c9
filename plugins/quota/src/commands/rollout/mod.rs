//! `kubectl quota rollout`: whether a rolling update completes under the quotas of its namespace.

pub mod json;
mod run;
mod table;
mod verdict;

pub use run::run;
