//! `kubectl ns-switch undo`: undoes the last change.

mod run;

pub use run::{LONG_ABOUT, run};
