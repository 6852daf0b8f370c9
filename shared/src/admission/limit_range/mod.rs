//! LimitRanges: what they fill in and what they refuse (`plugin/pkg/admission/limitranger`).

mod constraint;
mod enforce;
mod facts;
#[cfg(test)]
mod tests;

pub use enforce::{claim_complaints, inject, pod_complaints};
pub use facts::{Item, LimitRangeFacts};
