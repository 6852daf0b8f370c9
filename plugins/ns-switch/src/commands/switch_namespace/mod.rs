//! `kubectl ns-switch [NAME]`: switches to a namespace.

mod args;
mod run;

pub use args::{EXAMPLES, LONG_ABOUT, SwitchNamespaceArgs};
pub use run::run;
