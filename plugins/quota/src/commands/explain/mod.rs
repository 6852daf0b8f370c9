//! `kubectl quota explain`: why something is not let in, in numbers of now.
//!
//! What controllers said is the past: a condition keeps the words of the first failure for ever, events those of the
//! last one seen. So what is missing is tried out against the present quotas with the predictor that `check` uses,
//! and the words serve only to tell what else than a quota is in the way, and when it will be tried again.

mod args;
mod collect;
mod collect_held;
pub mod decide;
mod dump;
mod event;
pub mod example;
pub mod explanation;
mod fix;
pub mod held;
mod judge;
pub mod need;
mod notes;
mod read_held;
mod render;
mod run;
pub mod sentence;
mod text;
mod told;
pub mod trial;
pub mod world;

pub use args::ExplainArgs;
pub use run::run;
