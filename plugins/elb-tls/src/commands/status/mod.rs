//! `kubectl elb-tls status`: who acts on a Service, how its last sync ended, and what that means.

mod args;
mod run;

pub use args::StatusArgs;
pub use run::run;
