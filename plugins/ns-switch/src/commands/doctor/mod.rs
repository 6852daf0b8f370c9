//! `kubectl ns-switch doctor`: what is wrong with the kubeconfig files, and how to mend it.

mod args;
mod collect;
mod decide;
mod facts;
mod run;

pub use args::DoctorArgs;
pub use run::run;
