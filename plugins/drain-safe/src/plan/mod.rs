//! Plans: what a drain of some nodes does, and what it can't do.

mod guard;
mod hash;
mod plan;
mod verdict;

pub use guard::{Guard, GuardCode};
pub use hash::{BudgetVersion, hash};
pub use plan::{
    Capacity, NodePlan, Plan, PodBudget, PodDetails, PodPlan, Reason, ResourceCapacity, TopOwner, Wave,
    WaveBudget,
};
pub use verdict::{Fits, ReasonCode, Verdict};
