//! `kubectl drain-safe undo`.

mod args;
mod run;

pub use args::UndoArgs;
pub use run::run;
