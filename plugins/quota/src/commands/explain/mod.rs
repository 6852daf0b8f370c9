//! `kubectl quota explain`: why something is not let in, in numbers of now.
//!
//! What controllers said is the past: a condition keeps the words of the first failure for ever, events those of the
//! last one seen. So what is missing is tried out against the present quotas with the predictor that `check` uses,
//! and the words serve only to tell what else than a quota is in the way, and when it will be tried again.

mod args;
mod collect;
pub mod collect_consumers;
pub mod consumers;
pub mod controller_messages;
pub mod decide;
mod dump;
pub mod evaluate;
mod event;
pub mod explanation;
mod fix;
pub mod missing_pods;
pub mod namespace_snapshot;
mod notes;
pub mod read_consumers;
pub mod refusal_message;
mod render;
mod retry;
mod run;
pub mod simulate;
pub mod starter_amounts;
mod text;

pub use args::ExplainArgs;
pub use run::run;
