//! How a plan is shown to people.

mod legend;
mod markdown;
mod pods;
mod summary;
mod text;
mod wrap;

pub use markdown::markdown;
pub use summary::{exit_status, exit_status_of};
pub use text::{Folding, text};
