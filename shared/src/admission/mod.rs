//! Whether the API server admits an object, stage by stage, and how it words a refusal.

mod create_sets;
mod decision;
pub mod defaulting;
pub mod disabled_fields;
pub mod evaluator;
pub mod facts;
pub mod limit_range;
pub mod object;
pub mod orderings;
pub mod pod_security;
pub mod proposal;
mod quota;
pub mod quota_facts;
pub mod read_object;
mod refusal;
pub mod refusal_text;
mod request;
pub mod resource_names;
pub mod server_verdict;
pub mod simulator;
mod stages;
#[cfg(test)]
mod tests;
pub mod validation;
pub mod version;

pub use decision::{Decision, admit};
pub use facts::{ClusterFacts, NamespaceFacts, PriorityClassFacts, RuntimeClassFacts, StorageClassFacts};
pub use quota::{charge_all, matches, release_all, remaining_capacity, shortages};
pub use refusal::{Refusal, RefusedBy, Shortage};
pub use request::Request;
pub use stages::service_account;
