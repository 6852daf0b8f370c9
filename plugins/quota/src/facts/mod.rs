//! Objects as admission looks at them: plain values.

mod autoscaler;
mod claim;
mod device_claim;
mod job;
mod kind;
mod object;
mod pod;
mod quality;
mod service;

pub use autoscaler::{autoscaler_kind, reach_of};
pub use claim::ClaimFacts;
pub use device_claim::DeviceClaimFacts;
pub use job::has_ended;
pub use kind::{Kind, built_in_kind, guessed_plural, kind_of, replica_set_kind, workloads};
pub use object::{Body, Object};
pub use pod::PodFacts;
pub use service::ServiceFacts;
