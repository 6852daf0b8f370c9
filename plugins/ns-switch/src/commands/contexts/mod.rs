//! `kubectl ns-switch contexts`: lists contexts and their credentials; switches to, renames and deletes them.

mod action;
mod add;
mod args;
mod check;
mod delete;
mod export;
mod rename;
mod run;
mod table;

pub use args::{ContextsArgs, EXAMPLES, LONG_ABOUT};
pub use run::run;
