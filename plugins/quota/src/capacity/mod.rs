//! How many more pods of a workload quotas admit, and whether its rollout completes. Used by `fits`, `rollout`, `explain`
//! and `what-if`.

pub mod args;
pub mod autoscaler;
mod fits;
pub mod json;
pub mod node_facts;
pub mod node_room;
pub mod read;
pub mod read_all;
pub mod resume;
mod rollout;
pub mod target_workload;

pub use autoscaler::autoscaler_maxima;
pub use fits::{Bound, Fits, bounds, fits, max_pods};
pub use rollout::{Rollout, change_of_strategy, rollout};
pub use target_workload::{TargetWorkload, needs_replica_sets, same_namespace};
