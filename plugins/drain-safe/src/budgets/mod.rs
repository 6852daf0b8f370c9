//! PodDisruptionBudgets: which govern a pod, what they allow, and how that changes as pods go.

mod desired;
mod governing;
mod handler;
mod simulation;

pub use desired::{Lift, lift};
pub use governing::GoverningBudgets;
pub use handler::{Answer, BudgetState, answer, is_always_allowed, state};
pub use simulation::{BudgetSimulation, Shut, SiblingCounts};
