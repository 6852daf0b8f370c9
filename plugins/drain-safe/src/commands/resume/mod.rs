//! `kubectl drain-safe resume`.

mod args;
mod run;

pub use args::ResumeArgs;
pub use run::run;
