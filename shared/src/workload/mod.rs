//! What the built-in controllers create and delete, in their order.

pub mod autoscaler;
pub mod claim_templates;
mod cluster_objects;
mod controller;
mod create_pods;
mod created_resources;
pub mod daemon_nodes;
pub mod interceptors;
pub mod job;
mod missing_pods;
pub mod owner;
mod paused;
pub mod pod_counts;
mod pod_creation;
mod replica_sets;
pub mod retry;
mod roll_out;
pub mod rollout_state;
mod stateful_set;
pub mod strategy;
mod template;

pub use cluster_objects::ClusterObjects;
pub use create_pods::create_pods;
pub use created_resources::created_resources;
pub use missing_pods::{PodsToCreate, create_missing_pods};
pub use pod_counts::PodCounts;
pub use pod_creation::{PodCreation, Pods};
pub use replica_sets::{ReplicaSets, is_of_template, is_rolled_out};
pub use roll_out::{RolloutStart, roll_out, roll_out_from};
pub use rollout_state::RolloutState;
pub use strategy::Strategy;
pub use template::{is_paused, looks_like_a_workload, runs_on_every_node, template};
