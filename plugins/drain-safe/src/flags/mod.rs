//! Flags that several commands take: which nodes, and what decides about their pods.

mod decision;
mod target;

pub use decision::{CheckSkew, DecisionFlags, SingleReplica};
pub use target::TargetFlags;
