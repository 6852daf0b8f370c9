//! `kubectl elb-tls annotate`: change annotations, after a plan and checks.

mod args;
mod refusals;
mod run;

pub use args::AnnotateArgs;
pub use run::run;
