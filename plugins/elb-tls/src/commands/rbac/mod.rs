//! `kubectl elb-tls rbac`: the least role for a command.

mod args;
mod run;

pub use args::RbacArgs;
pub use run::run;
