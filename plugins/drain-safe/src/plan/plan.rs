//! The plan of a drain: what a document of kind `DrainPlan` holds, and what the drain itself needs beside it.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{client::incomplete::Skipped, quantity::Quantity};

use crate::{
    facts::{TopOwner, Workload},
    verdict::{Fits, Guard, Reason, ReasonCode, Verdict},
};

/// The fate of every pod on the nodes to drain.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Plan {
    /// The nodes, in the order in which they were named.
    pub nodes: Vec<NodePlan>,
    /// What is evicted when.
    pub waves: Vec<Wave>,
    /// What speaks against it.
    pub guards: Vec<Guard>,
    /// How full the remaining nodes become.
    pub capacity: Capacity,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// Equal for plans that do the same.
    pub hash: String,
    /// Whether the drain may begin although it leaves pods.
    #[serde(skip)]
    pub allows_partial: bool,
    /// How many pods it leaves then.
    #[serde(skip)]
    pub left: usize,
    /// The nodes that run the control plane.
    #[serde(skip)]
    pub control_plane: Vec<String>,
}

impl Plan {
    /// Returns the pods of all nodes.
    pub fn pods(&self) -> impl Iterator<Item = &PodPlan> {
        self.nodes.iter().flat_map(|node| &node.pods)
    }
}

/// One node and its pods.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NodePlan {
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// The value of its zone label.
    pub zone: Option<String>,
    /// Whether its kubelet reports it as Ready.
    pub ready: bool,
    /// Whether it is cordoned already.
    pub cordoned: bool,
    /// Its pods, by namespace and name.
    pub pods: Vec<PodPlan>,
}

/// One pod and what becomes of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PodPlan {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// The top owner, such as a Deployment.
    pub owner: Option<TopOwner>,
    /// What the drain does with it.
    pub verdict: Verdict,
    /// The wave it goes in, counted from 1 over all nodes.
    pub wave: Option<usize>,
    /// The budgets that govern it.
    pub budgets: Vec<PodBudget>,
    /// Nodes that its replacement can go to, at most five.
    pub goes_to: Vec<String>,
    /// Whether its replacement has a place; none where nothing replaces it.
    pub fits: Option<Fits>,
    /// Why, the reason of the verdict first.
    pub reasons: Vec<Reason>,
    /// What the drain needs to know of it.
    #[serde(skip)]
    pub details: PodDetails,
}

impl PodPlan {
    /// Returns whether a reason applies.
    pub fn has(&self, code: ReasonCode) -> bool {
        self.reasons.iter().any(|reason| reason.code == code)
    }
}

/// What the drain needs to know of a pod and does not print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodDetails {
    /// The pod's priority.
    pub priority: i32,
    /// Whether its condition Ready is True.
    pub ready: bool,
    /// Its phase, `Running`.
    pub phase: String,
    /// `terminationGracePeriodSeconds`.
    pub grace_seconds: i64,
    /// The uid of its controller.
    pub controller: Option<String>,
    /// What it is one of several of.
    pub workload: Option<Workload>,
    /// How many pods of its workload are Ready now.
    pub workload_ready: usize,
    /// The PersistentVolumes that its claims are bound to.
    pub volumes: Vec<String>,
    /// The pods that have to be replaced before this one may go (uids), for `KeepOne`.
    pub goes_after: Vec<String>,
    /// Whether it is of system priority and goes after the others of its node.
    pub critical: bool,
    /// Whether it is mirrored from a static pod.
    pub is_static: bool,
}

/// A budget that governs a pod, as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PodBudget {
    /// Its name.
    pub name: String,
    /// `disruptionsAllowed`; none while it is stale.
    pub allowed: Option<i32>,
    /// `currentHealthy`.
    pub healthy: i32,
    /// `desiredHealthy`.
    pub desired: i32,
    /// `expectedPods`.
    pub expected: i32,
}

/// One step of the drain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Wave {
    /// Its number, from 1.
    pub wave: usize,
    /// How many pods go.
    pub pods: usize,
    /// The budgets of the plan's pods once the wave is over.
    pub budgets: Vec<WaveBudget>,
}

/// A budget after a wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WaveBudget {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// How many more disruptions it then allows; none where it can't be told.
    pub allowed: Option<i32>,
}

/// How full the remaining nodes become.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Capacity {
    /// How many replacements would stay Pending.
    pub pending: usize,
    /// The sums, by resource.
    pub resources: Vec<ResourceCapacity>,
}

/// One resource over the nodes that remain.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ResourceCapacity {
    /// `cpu`.
    pub resource: String,
    /// What the nodes offer.
    pub allocatable: Quantity,
    /// What is requested now.
    pub before: Quantity,
    /// What is requested with the replacements.
    pub after: Quantity,
}
