//! `kubectl ns-switch list`: the namespaces of the cluster.

mod args;
mod collect;
mod json;
mod run;
mod table;

pub use args::{ListArgs, NamespaceFormats};
pub use collect::{Namespaces, collect};
pub use run::{run, show};
