//! `kubectl ns-switch contexts`: what contexts there are, and who one is in them.

mod args;
mod check;
mod json;
mod options;
pub mod row;
mod run;
mod table;

pub use args::ContextsArgs;
pub use run::run;
