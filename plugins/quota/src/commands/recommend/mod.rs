//! `kubectl quota recommend`: quotas and limits from what runs, each number with its reasons.

mod advice;
mod args;
mod decide;
mod json;
mod limits;
mod needs;
pub mod options;
mod reasons;
mod render;
mod rounding;
mod run;
mod samples;
#[cfg(test)]
mod tests;

pub use advice::Advice;
pub use args::RecommendArgs;
pub use decide::{decide, is_stuck_already};
pub use options::Options;
pub use run::run;
