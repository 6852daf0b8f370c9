//! `kubectl quota create`: a quota and limits, guided or by flags, shown and checked before anything is written.

mod args;
mod choice;
mod command_line;
mod enforced;
mod guide;
mod plan;
mod profile;
mod run;
mod scope_selector;
mod show;
mod write;

pub use args::CreateArgs;
pub use run::run;
