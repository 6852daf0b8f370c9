//! `kubectl ns-switch shell`: opens a shell with a context of its own.

mod args;
mod run;

pub use args::{EXAMPLES, LONG_ABOUT, ShellArgs};
pub use run::run;
