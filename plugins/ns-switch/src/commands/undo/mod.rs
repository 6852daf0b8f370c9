//! `kubectl ns-switch undo`: takes the last change to the kubeconfig back.

mod args;
mod run;

pub use args::{EXAMPLES, LONG_ABOUT, UndoArgs};
pub use run::run;
