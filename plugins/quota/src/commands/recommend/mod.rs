//! `kubectl quota recommend`: a quota and a LimitRange for what runs, with the reason for each value.

mod args;
pub mod json;
mod render;
mod run;

pub use args::RecommendArgs;
pub use run::run;
