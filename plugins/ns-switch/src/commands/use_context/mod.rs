//! `kubectl ns-switch use CONTEXT[/NAMESPACE]`: switches to a context.

mod args;
mod run;

pub use args::{EXAMPLES, LONG_ABOUT, UseArgs};
pub use run::run;
