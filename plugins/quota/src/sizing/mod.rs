//! How large a quota and a LimitRange should be for what runs in a namespace, with the reason for each number. `recommend`
//! prints it; `create` offers it as the answers' defaults.

mod advice;
mod decide;
mod limits;
pub mod needs;
pub mod options;
pub mod reasons;
mod rounding;
mod samples;
#[cfg(test)]
mod tests;

pub use advice::{Advice, SizedLimit, Source};
pub use decide::{decide, is_already_refused};
pub use options::Options;
