//! `kubectl elb-tls verify`: what clients of a load balancer get.

mod args;
pub mod run;

pub use args::VerifyArgs;
pub use run::run;
