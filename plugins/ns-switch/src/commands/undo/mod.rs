//! `kubectl ns-switch undo`: takes the last change back.

mod run;

pub use run::run;
