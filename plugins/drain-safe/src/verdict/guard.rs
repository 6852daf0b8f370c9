//! Guards: what speaks against the drain as a whole.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

/// The name of a guard. `--allow` takes them as they are written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ValueEnum, JsonSchema)]
#[value(rename_all = "PascalCase")]
pub enum GuardCode {
    /// The replacement of a pod in a wave has no place
    NoPlace,
    /// etcd would lose its quorum
    Quorum,
    /// The last backend of a webhook goes, and its own replacement needs the webhook
    Webhook,
    /// Another live run holds a node
    Locked,
    /// The plan has changed since it was saved
    PlanDrift,
    /// Pods would be removed without a grace period
    GraceZero,
    /// The remaining nodes would be too full (--keep-free)
    Capacity,
    /// Versions of kubelet and API server are too far apart
    Skew,
    /// Workloads with a single replica are interrupted
    OnlyReplica,
    /// The last Ready pod of the cluster's DNS goes
    Dns,
    /// Other nodes are cordoned or not Ready
    NodesDown,
    /// A node of the plan is not Ready
    NotReady,
    /// An autoscaler may delete or refill the node meanwhile
    Autoscaler,
    /// The API server is reached through a node of the plan
    Endpoint,
}

impl GuardCode {
    /// Returns the word of tables and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPlace => "NoPlace",
            Self::Quorum => "Quorum",
            Self::Webhook => "Webhook",
            Self::Locked => "Locked",
            Self::PlanDrift => "PlanDrift",
            Self::GraceZero => "GraceZero",
            Self::Capacity => "Capacity",
            Self::Skew => "Skew",
            Self::OnlyReplica => "OnlyReplica",
            Self::Dns => "Dns",
            Self::NodesDown => "NodesDown",
            Self::NotReady => "NotReady",
            Self::Autoscaler => "Autoscaler",
            Self::Endpoint => "Endpoint",
        }
    }
}

/// One finding of a guard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Guard {
    /// Which guard it is.
    pub code: GuardCode,
    /// What it found.
    pub message: String,
    /// Whether the drain is refused.
    pub blocks: bool,
    /// A flag or a command that helps.
    pub fix: Option<String>,
}
