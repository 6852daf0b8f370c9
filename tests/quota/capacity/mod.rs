//! `fits` and `rollout`, predicted and then carried out.

mod all_workloads;
mod fits_and_rollout;
mod kinds;
mod needs;
mod nodes;
mod pods;
mod random;
mod random_stateful_sets;
mod rollouts_in_progress;
mod short_by_little;
