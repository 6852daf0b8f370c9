//! What the API server calls invalid, in its words, as far as resources are concerned (`pkg/apis/core/validation`).

mod resize;
mod resources;
#[cfg(test)]
mod tests;

pub use resize::resize_complaints;
pub use resources::resource_complaints;
