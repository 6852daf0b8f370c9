//! Flags that several commands take: which nodes, what decides about their pods, and how a drain is carried out.

mod decision;
mod document_format;
mod run;
mod target;

pub use decision::{CheckSkew, DecisionFlags, SingleReplica};
pub use document_format::DocumentFormat;
pub use run::{NodeCount, OnFailure, RecordedFlags, RunFlags};
pub use target::TargetFlags;
