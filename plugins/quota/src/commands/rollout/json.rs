//! The JSON documents of `kubectl quota rollout`.

use schemars::JsonSchema;
use serde::Serialize;
use shared::workload::Strategy;

use super::verdict::Verdict;
use crate::capacity::{Bound, Rollout, TargetWorkload, json::Workload};

/// The content of a `Rollout` document, and an item of a `RolloutList`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Document<'a> {
    workload: Workload<'a>,
    paused: bool,
    under_way: bool,
    old_pods: usize,
    new_pods: usize,
    strategy: StrategyDocument,
    peak_pods: usize,
    terminating_pods: usize,
    worst_pods: usize,
    may_wait: bool,
    verdict: Verdict,
    by: &'a [Bound],
    messages: &'a [String],
    fix: &'a [String],
    unchecked: &'a [String],
}

impl<'a> Document<'a> {
    /// Returns the content about one rollout.
    pub fn new(target: &'a TargetWorkload, rollout: &'a Rollout, verdict: Verdict) -> Self {
        Self {
            workload: Workload::of(target),
            paused: target.is_paused(),
            under_way: target.rollout_in_progress().is_some(),
            old_pods: rollout.pod_counts.old,
            new_pods: rollout.pod_counts.new,
            strategy: rollout.strategy.into(),
            peak_pods: rollout.peak,
            terminating_pods: rollout.terminating,
            worst_pods: rollout.worst,
            may_wait: rollout.may_wait,
            verdict,
            by: &rollout.by,
            messages: &rollout.messages,
            fix: &rollout.fix,
            unchecked: &target.unchecked,
        }
    }
}

/// How pods are replaced.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StrategyDocument {
    #[serde(rename = "type")]
    /// `RollingUpdate` or `Recreate`.
    pub kind: &'static str,
    /// How many pods above the desired number.
    pub max_surge: Option<usize>,
    /// How many pods fewer than the desired number may be available.
    pub max_unavailable: Option<usize>,
}

impl From<Strategy> for StrategyDocument {
    fn from(strategy: Strategy) -> Self {
        match strategy {
            Strategy::Recreate => Self { kind: "Recreate", max_surge: None, max_unavailable: None },
            Strategy::Rolling { surge, unavailable } => {
                Self { kind: "RollingUpdate", max_surge: Some(surge), max_unavailable: Some(unavailable) }
            }
        }
    }
}
