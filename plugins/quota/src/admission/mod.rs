//! Whether the API server lets an object in, stage by stage, and what it says otherwise.

mod cluster_facts;
mod decision;
mod orders;
mod quota;
mod refusal;
mod stages;
#[cfg(test)]
mod tests;

pub use cluster_facts::{Classes, NamespaceFacts, RuntimeClassFacts, StorageClassFacts};
pub use decision::{Decision, Request, admit};
pub use quota::{charge_all, matches, release, room, shortages};
pub use refusal::{By, Refusal, Shortage};
