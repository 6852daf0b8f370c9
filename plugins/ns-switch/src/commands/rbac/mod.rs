//! `kubectl ns-switch rbac`: the least role that a command needs.

mod args;
mod rules;
mod run;

pub use args::{EXAMPLES, LONG_ABOUT, RbacArgs};
pub use run::run;
