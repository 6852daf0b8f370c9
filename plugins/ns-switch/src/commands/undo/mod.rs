//! `kubectl ns-switch undo`: takes the last change back.

mod args;
mod run;

pub use args::UndoArgs;
pub use run::run;
