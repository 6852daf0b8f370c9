//! `kubectl elb-tls migrate`: a new Service beside the old one, for another kind of load balancer.

mod annotations;
mod args;
mod manifest;
mod run;
mod steps;

pub use args::MigrateArgs;
pub use run::run;
