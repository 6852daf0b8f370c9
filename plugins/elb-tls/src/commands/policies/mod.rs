//! `kubectl elb-tls policies`: the predefined security policies.

mod args;
pub mod run;

pub use args::PoliciesArgs;
pub use run::run;
