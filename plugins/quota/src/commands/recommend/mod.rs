//! `kubectl quota recommend`: quotas and limits from what runs, each number with its reasons.

mod args;
mod json;
mod render;
mod run;

pub use args::RecommendArgs;
pub use run::run;
