//! `kubectl ns-switch list`: the namespaces of the cluster.

mod args;
mod run;

pub use args::ListArgs;
pub use run::run;
