//! `kubectl quota create`: creates a quota and limits by questions or flags, and shows and checks them before they are
//! written.

mod answers;
mod apply;
mod args;
mod command_line;
mod enforced;
mod plan;
mod preview;
mod profile;
mod run;
mod scope_selector;
mod wizard;

pub use args::CreateArgs;
pub use run::run;
