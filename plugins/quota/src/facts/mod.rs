//! Objects as admission looks at them: plain values.

mod autoscaler;
mod claim;
mod device_claim;
mod kind;
mod object;
mod pod;
mod quality;
mod service;

pub use autoscaler::reach_of;
pub use claim::ClaimFacts;
pub use device_claim::DeviceClaimFacts;
pub use kind::{Kind, built_in_kind, guessed_plural};
pub use object::{Body, Object};
pub use pod::PodFacts;
pub use service::ServiceFacts;
