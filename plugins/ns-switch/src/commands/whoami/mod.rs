//! `kubectl ns-switch whoami`: who the user is to the cluster, how they authenticate, and what they may do.

mod access;
mod args;
mod authentication;
mod collect;
mod facts;
pub mod json;
mod run;
mod table;

pub use args::{EXAMPLES, LONG_ABOUT, WhoamiArgs};
pub use run::run;
