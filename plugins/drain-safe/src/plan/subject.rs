//! A pod on a node to drain, while the plan is made.

use shared::model::WidePod;

use super::{Fits, TopOwner, Verdict};
use crate::pods::{Found, verdict};

/// What makes the next pod once this one is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Successor {
    /// Nothing: it is bare, finished, or the last of its Job.
    Nobody,
    /// A controller of Kubernetes.
    Controller,
    /// A custom controller, by kind and name, of which it is not known what it makes.
    Custom(String),
    /// The drain itself.
    Recreated,
}

/// How the server is asked to let a pod go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// No budget is asked.
    Open,
    /// One budget is asked, by its index.
    Budget(usize),
    /// Several budgets select it, which is refused.
    Several,
    /// Its budgets are not known.
    Unread,
}

/// A pod on a node to drain.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The pod.
    pub pod: &'a WidePod,
    /// The place of its node among the nodes of the plan.
    pub node: usize,
    /// What was found so far.
    pub found: Vec<Found>,
    /// The budgets that select it, by index; empty where they are not known.
    pub budgets: Vec<usize>,
    /// How the server is asked.
    pub gate: Gate,
    /// What makes the next pod.
    pub successor: Successor,
    /// The top owner.
    pub owner: Option<TopOwner>,
    /// The wave in which it goes.
    pub wave: Option<usize>,
    /// Whether its replacement has a place.
    pub fits: Option<Fits>,
    /// Where that is.
    pub goes_to: Vec<String>,
    /// The pods that must be replaced before it goes (uids).
    pub goes_after: Vec<String>,
}

/// The priority from which on pods go last on their node (`system-cluster-critical`).
const CRITICAL: i32 = 2_000_000_000;

impl Subject<'_> {
    /// Returns the verdict as far as it is known.
    pub fn verdict(&self) -> Verdict {
        verdict(self.found.clone()).0
    }

    /// Returns whether one of the findings says so.
    pub fn has(&self, code: super::ReasonCode) -> bool {
        self.found.iter().any(|one| one.code == code)
    }

    /// Returns its priority.
    pub fn priority(&self) -> i32 {
        self.pod.spec.priority.unwrap_or(0)
    }

    /// Returns whether it goes after the others of its node.
    pub fn is_critical(&self) -> bool {
        self.priority() >= CRITICAL
    }

    /// Returns `namespace/name`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.pod.metadata.namespace, self.pod.metadata.name)
    }
}
