//! What the API server calls invalid, in its words, as far as resources, quotas and LimitRanges are concerned
//! (`pkg/apis/core/validation`).

pub mod aggregate;
mod json;
mod limit_range;
mod name;
mod quota;
mod resize;
mod resources;
pub mod rule_objects;
#[cfg(test)]
mod tests;

pub use limit_range::limit_range_complaints;
pub use quota::{quota_complaints, scope_change_complaint};
pub use resize::resize_complaints;
pub use resources::resource_complaints;
