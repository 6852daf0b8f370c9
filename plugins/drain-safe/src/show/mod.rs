//! How a plan is shown to people.

mod markdown;
mod summary;
mod text;
mod wrap;

pub use markdown::markdown;
pub use summary::exit_status;
pub use text::{Folding, text};
