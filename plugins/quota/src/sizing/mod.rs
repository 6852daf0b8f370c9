//! Sizes a quota and a LimitRange for what runs in a namespace, with the reason for each value. `recommend` prints the
//! result; `create` offers it as defaults.

mod advice;
mod decide;
mod hard_limits;
mod limits;
pub mod needs;
pub mod options;
pub mod reasons;
mod rounding;
mod samples;
#[cfg(test)]
mod tests;

pub use advice::{Advice, SizedLimit};
pub use decide::{decide, is_already_refused};
pub use options::Options;
