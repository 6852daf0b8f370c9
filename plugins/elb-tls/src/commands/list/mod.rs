//! `kubectl elb-tls list`: Services with load balancers, and whether they speak TLS.

mod args;
mod decide;
pub mod run;
mod table;

pub use args::ListArgs;
pub use run::run;
