//! `kubectl elb-tls explain`: what a key means to each controller, and what a rule finds.

mod args;
pub mod run;

pub use args::ExplainArgs;
pub use run::run;
