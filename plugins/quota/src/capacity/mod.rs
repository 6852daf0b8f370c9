//! How many more pods of one workload quotas admit, and whether a rollout of it completes: what `fits`, `rollout`,
//! `explain` and `what-if` share.

pub mod autoscaler;
mod fits;
pub mod json;
pub mod options;
pub mod resume;
mod rollout;
pub mod target_workload;
pub mod type_and_name;

pub use autoscaler::aims_at;
pub use fits::{Bound, Fits, bounds, fits, most};
pub use rollout::{Rollout, change_of_strategy, rollout};
pub use target_workload::{Subject, needs_sets};
