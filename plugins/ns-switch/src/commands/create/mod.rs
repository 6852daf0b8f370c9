//! `kubectl ns-switch create`: a team's namespace with everything in it, by flags or questions.
//!
//! The way of data: [`specification`] (what is wanted) → [`manifests`] (the objects, in the order in which they are written)
//! → [`plan`] (what is there already, and what the server says to a dry run) → [`preview`] → [`apply`] → [`report`].

mod apply;
mod args;
mod binding;
mod command_line;
mod manifests;
mod network_plugin;
mod owned;
mod plan;
mod preview;
pub mod report;
mod rights;
mod run;
mod specification;
mod wizard;

pub use args::{CreateArgs, EXAMPLES, LONG_ABOUT};
pub use run::run;
