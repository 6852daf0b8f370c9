//! `kubectl ns-switch contexts`: what contexts there are, who one is in them, and which one is current.

mod action;
mod args;
mod check;
mod delete;
mod rename;
mod run;
mod table;

pub use args::ContextsArgs;
pub use run::run;
