//! `kubectl ns-switch list`: the namespaces of the cluster.

mod args;
mod run;

pub use args::{EXAMPLES, LONG_ABOUT, ListArgs};
pub use run::run;
