//! Objects as admission looks at them: plain values.

mod claim;
mod device_claim;
mod object;
mod pod;
pub mod qos;
mod service;

pub use claim::ClaimFacts;
pub use device_claim::DeviceClaimFacts;
pub use object::{Object, ObjectKind};
pub use pod::PodFacts;
pub use service::ServiceFacts;
