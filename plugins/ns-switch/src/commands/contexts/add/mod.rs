//! `contexts add FILE…`: takes over the contexts, clusters and users of other kubeconfig files.

mod args;
mod arrivals;
mod run;

pub use args::{AddArgs, EXAMPLES, LONG_ABOUT};
pub use run::run;
