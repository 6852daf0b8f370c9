//! `kubectl drain-safe plan` on a real control plane.

mod addons;
mod autoscalers;
mod bad_input;
mod budgets;
mod filters;
mod fit;
mod guards;
mod output;
mod preemption;
mod random;
mod replaced_pods;
mod rights;
pub mod stage;
mod stale_budget;
mod workloads;
