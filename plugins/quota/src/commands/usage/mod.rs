//! `kubectl quota usage`: what each namespace may use, and what it uses.
//!
//! Collecting and deciding interleave, unlike in other commands: [`collect`] hands each page of quotas to
//! [`row_collector`], which turns it into rows before the next page is read. A large cluster has a hundred
//! thousand rows, and this way its quotas and their rows are never in memory at the same time. What needs all rows
//! (`--effective`, sorting, `--fail-at`) is decided afterwards, in [`answer`].

mod answer;
mod args;
mod collect;
mod collect_others;
pub mod decide;
mod group;
pub mod json;
mod named_quota;
mod nodes;
mod options;
mod order;
mod other_quotas;
mod prometheus;
mod render;
pub mod row;
mod row_collector;
mod run;
mod state;
mod table;
pub mod watch;

pub use args::UsageArgs;
pub use run::run;
