//! `kubectl drain-safe doctor`: which nodes can be drained now, and what in the cluster is in the way.

mod args;
mod findings;
pub mod report;
mod run;

pub use args::DoctorArgs;
pub use run::run;
