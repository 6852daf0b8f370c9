//! `kubectl quota usage`: what each namespace may use, and what it uses.

mod args;
mod collect;
pub mod decide;
mod empty;
mod gathered;
mod group;
mod json;
mod options;
mod order;
mod prometheus;
mod render;
mod row;
mod run;
mod state;
mod table;
pub mod thresholds;
mod watch;

pub use args::UsageArgs;
pub use run::run;
