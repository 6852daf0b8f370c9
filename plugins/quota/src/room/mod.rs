//! `kubectl quota fits` and `kubectl quota rollout`: how much room quotas leave to one workload.

mod autoscaler;
mod fits;
mod fits_command;
mod options;
mod rollout;
mod rollout_command;
mod subject;
pub mod target;

pub use autoscaler::aims_at;
pub use fits::{Bound, bounds, fits, most};
pub use fits_command::{FitsArgs, run as run_fits};
pub use rollout::{change_of_strategy, rollout};
pub use rollout_command::{RolloutArgs, run as run_rollout};
pub use subject::{Subject, needs_sets};
