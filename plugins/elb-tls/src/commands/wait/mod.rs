//! `kubectl elb-tls wait`: until the last change is carried out, or cannot be.

mod args;
pub mod run;

pub use args::WaitArgs;
pub use run::run;
