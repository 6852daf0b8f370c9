//! `kubectl elb-tls check`: what is wrong with annotations.

mod args;
pub mod json;
mod run;

pub use args::CheckArgs;
pub use run::run;
