//! `kubectl drain-safe plan` on a real control plane.

mod bad_input;
mod budgets;
mod filters;
mod fit;
mod random;
mod random_cluster;
mod replaced_pods;
pub mod stage;
