//! LimitRanges: what they fill in and what they refuse (`plugin/pkg/admission/limitranger`).

mod constraint;
mod enforce;
mod facts;
mod inject;
#[cfg(test)]
mod tests;

pub use enforce::{claim_complaints, pod_complaints};
pub use facts::{Item, LimitRangeFacts};
pub use inject::inject;
