//! `kubectl ns-switch env`: gives the shell that runs it a context of its own.

mod args;
mod run;

pub use args::{EXAMPLES, EnvArgs, LONG_ABOUT};
pub use run::run;
