//! `kubectl elb-tls rollback`: put annotations back as they were before a change.

mod args;
mod list;
mod restore;
mod run;

pub use args::RollbackArgs;
pub use run::run;
