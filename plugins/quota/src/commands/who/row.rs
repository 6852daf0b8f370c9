//! The part of a workload in what a quota counts, as it is shown.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{quantity::Quantity, workload::owner::Owner};

/// One resource of one quota and who uses it, the largest part first.
#[derive(Clone, Debug)]
pub struct Group {
    /// The namespace.
    pub namespace: String,
    /// The quota.
    pub quota: String,
    /// The resource as the quota lists it.
    pub resource: String,
    /// The limit.
    pub hard: Quantity,
    /// The amount in `status.used`; `None` where the server has none.
    pub recorded: Option<Quantity>,
    /// The sum of the parts.
    pub used: Quantity,
    /// The workloads.
    pub holders: Vec<Holder>,
}

/// The part of one workload. Keys of its JSON are added to, never renamed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// The namespace.
    pub namespace: String,
    /// The quota.
    pub quota: String,
    /// The resource as the quota lists it.
    pub resource: String,
    /// The workload, or the object itself; `*` stands for all objects of a kind that nothing controls.
    pub owner: Owner,
    /// The number of its pods that count; 0 where other objects do.
    pub pods: usize,
    /// The number of its objects that count.
    pub objects: usize,
    /// The amount that they use.
    pub used: Quantity,
    /// The share of everything that is used, 1 being all of it.
    pub share: Option<f64>,
    /// The share of the limit.
    pub share_of_hard: Option<f64>,
    /// The number of its pods that no longer count: finished, or still there after their grace period.
    pub released: usize,
    /// What its pods really use; `None` where it is not measured.
    pub measured: Option<Quantity>,
    /// What it requests and does not use.
    pub unused: Option<Quantity>,
    /// Its pods, where they are asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
}

/// One pod of a workload.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Member {
    /// The pod.
    pub pod: String,
    /// The amount that it uses.
    pub used: Quantity,
}
