//! Flags that several commands take: which nodes, what decides about their pods, and how a drain is carried out.

mod decision;
mod document;
mod run;
mod target;
mod write;

pub use decision::{CheckSkew, DecisionFlags, SingleReplica};
pub use document::DocumentFlags;
pub use run::{NodeCount, OnFailure, RecordedFlags, RunFlags};
pub use target::TargetFlags;
pub use write::WriteFlags;
