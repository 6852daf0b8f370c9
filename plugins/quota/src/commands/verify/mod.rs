//! `kubectl quota verify`: whether what quotas record as used is what exists.

mod args;
mod cause;
mod collect;
mod decide;
mod history;
mod recount;
mod render;
pub mod row;
mod run;

pub use args::VerifyArgs;
pub use run::run;
