//! `kubectl ns-switch doctor`: shows what is wrong with the kubeconfig files, and how to fix it.

mod args;
mod collect;
mod decide;
mod facts;
mod refusals;
mod run;

pub use args::{DoctorArgs, EXAMPLES, LONG_ABOUT};
pub use run::run;
