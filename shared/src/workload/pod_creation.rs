//! The pods that a workload creates, and what the API server says to them.

use serde::Serialize;

use super::PodCounts;
use crate::admission::{Refusal, Shortage};

/// Pods that a workload would make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pods {
    /// How many it wants that are not there yet.
    pub wanted: usize,
    /// How many would be let in.
    pub admitted: usize,
}

/// What came of the objects a workload makes.
#[derive(Clone, Debug, Default)]
pub struct PodCreation {
    /// Its pods.
    pub pods: Pods,
    /// What the server says to the first object it refuses, be it by chance.
    pub refusals: Vec<Refusal>,
    /// Whether that is by chance.
    pub order_dependent: bool,
    /// What quotas lack for the rest.
    pub shortages: Vec<Shortage>,
    /// The pods that are there afterwards.
    pub pod_counts: PodCounts,
    /// What can't be known.
    pub doubt: Option<String>,
    /// Whether pods of the template come only once the workload is resumed.
    pub waits: bool,
}
