//! `kubectl ns-switch use CONTEXT[/NAMESPACE]`.

mod args;
mod run;
mod target;

pub use args::UseArgs;
pub use run::run;
