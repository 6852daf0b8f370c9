//! Plans: what a drain of some nodes does, and what it can't do.

mod capacity;
mod control_plane;
mod decide;
mod guards;
mod hash;
mod places;
#[expect(clippy::module_inception, reason = "the plan itself")]
mod plan;
mod quota;
mod recreate;
mod returns;
mod shut;
mod siblings;
mod single;
mod subject;
mod subjects;
mod waves;

pub use decide::{decide, decide_in};
pub use guards::out_of_service;
pub use hash::{BudgetVersion, hash};
pub use places::cluster_of;
pub use plan::{
    Capacity, NodePlan, Plan, PodBudget, PodDetails, PodPlan, ResourceCapacity, Wave, WaveBudget,
};
pub use subject::Successor;

// What plans are made of and made from.
pub use crate::{
    facts::{Facts, Owner, TopOwner, is_custom},
    verdict::{Fits, Guard, GuardCode, Reason, ReasonCode, Verdict},
};
