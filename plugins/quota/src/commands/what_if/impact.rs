//! What changed rules do to a namespace, as data. Keys of its JSON are added to, never renamed.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{quantity::Quantity, workload::owner::Owner};

use crate::capacity::Bound;

/// The result for one namespace.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct WhatIf {
    /// The namespace.
    pub namespace: String,
    /// The quota that changes, if only one does.
    pub quota: Option<String>,
    /// The hard limits that change.
    pub changes: Vec<HardLimitChange>,
    /// The workloads of the namespace.
    pub workloads: Vec<WorkloadImpact>,
    /// The autoscalers of these workloads.
    pub autoscalers: Vec<AutoscalerReach>,
}

/// A changed hard limit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HardLimitChange {
    /// The quota.
    pub quota: String,
    /// The resource.
    pub resource: String,
    /// The current hard limit; `None` where there is none.
    pub from: Option<Quantity>,
    /// The proposed hard limit; `None` where there would be none.
    pub to: Option<Quantity>,
    /// The amount in use.
    pub used: Option<Quantity>,
    /// Whether more is used than the proposed limit.
    pub over: bool,
}

/// The outcome of the next rollout of a workload, or of the next run of a Job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum RolloutOutcome {
    /// All pods are admitted.
    Completes,
    /// A rollout stops before all pods are replaced.
    Deadlocks,
    /// Pods of a run are refused.
    Refused,
    /// The outcome cannot be known.
    Unknown,
}

/// A workload under the current and under the proposed rules.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WorkloadImpact {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The number of its pods.
    pub pods: usize,
    /// Whether it is paused.
    pub paused: bool,
    /// The command that resumes it, if it is paused.
    #[serde(skip)]
    pub resume_command: Option<String>,
    /// Under the current rules.
    pub before: WorkloadState,
    /// Under the proposed rules.
    pub after: WorkloadState,
}

/// A workload under one set of rules.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WorkloadState {
    /// The outcome of its next rollout or run.
    #[serde(rename = "verdict")]
    pub outcome: RolloutOutcome,
    /// How many more pods fit; `None` where there is no bound.
    pub fits: Option<usize>,
    /// How many pods it can have once rolled out; `None` where there is no bound.
    #[serde(skip)]
    pub max_pods: Option<usize>,
    /// The quotas and LimitRanges that refuse.
    pub by: Vec<Bound>,
    /// The server's messages.
    pub messages: Vec<String>,
}

/// The number of replicas that an autoscaler can reach.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AutoscalerReach {
    /// The HorizontalPodAutoscaler.
    pub name: String,
    /// The workload that it scales.
    pub workload: Owner,
    /// Its maxReplicas.
    pub max_replicas: usize,
    /// Replicas under the current rules.
    pub before: usize,
    /// Replicas under the proposed rules.
    pub after: usize,
}
