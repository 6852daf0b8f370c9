//! Plans: what a drain of some nodes does, and what it can't do.

mod capacity;
mod decide;
mod facts;
mod guard;
mod guards;
mod hash;
mod owners;
mod places;
#[expect(clippy::module_inception, reason = "the plan itself")]
mod plan;
mod quota;
mod returns;
mod shut;
mod single;
mod subject;
mod subjects;
mod verdict;
mod waves;

pub use decide::{decide, decide_in};
pub use facts::{Facts, Holder, WebhookFacts};
pub use guard::{Guard, GuardCode};
pub use hash::{BudgetVersion, hash};
pub use owners::{Owner, OwnerKey, Owners, controller_of, is_custom};
pub use places::cluster_of;
pub use plan::{
    Capacity, NodePlan, Plan, PodBudget, PodDetails, PodPlan, Reason, ResourceCapacity, TopOwner, Wave,
    WaveBudget,
};
pub use subject::Successor;
pub use verdict::{Fits, ReasonCode, Verdict};
