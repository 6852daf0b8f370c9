//! `kubectl elb-tls annotate`: change annotations, after a plan and checks.

mod args;
mod preview;
mod refusals;
mod run;

pub use args::AnnotateArgs;
pub use preview::show_plan;
pub use run::run;
