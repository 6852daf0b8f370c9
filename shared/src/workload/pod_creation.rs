//! The pods that a workload creates, and what the API server says to them.

use schemars::JsonSchema;
use serde::Serialize;

use super::PodCounts;
use crate::admission::{Refusal, Shortage};

/// Pods that a workload would create.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pods {
    /// How many it still has to create.
    pub wanted: usize,
    /// How many of them would be admitted.
    pub admitted: usize,
}

/// The outcome of a workload's attempts to create its pods.
#[derive(Clone, Debug, Default)]
pub struct PodCreation {
    /// Its new pods.
    pub pods: Pods,
    /// The refusals of the first object that is refused, even if only in some orders of LimitRanges.
    pub refusals: Vec<Refusal>,
    /// Whether that refusal depends on the order in which LimitRanges apply.
    pub order_dependent: bool,
    /// What quotas lack for the remaining pods.
    pub shortages: Vec<Shortage>,
    /// The pods that exist afterwards.
    pub pod_counts: PodCounts,
    /// Why the outcome is uncertain.
    pub doubt: Option<String>,
    /// Whether pods of the current template are created only once the workload is resumed.
    pub waits: bool,
}
