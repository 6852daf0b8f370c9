//! `kubectl elb-tls annotate`: change annotations, after a plan and checks.

mod afterward;
mod args;
mod command_line;
mod guided;
mod refusals;
mod run;

pub use args::AnnotateArgs;
pub use run::run;
