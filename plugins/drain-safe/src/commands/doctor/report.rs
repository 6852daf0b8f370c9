//! Whether each node can be drained by itself.

use schemars::JsonSchema;
use serde::Serialize;
use shared::output::Finding;

use crate::plan::{Plan, PodPlan, ReasonCode, Verdict};

/// The content of a `DoctorReport`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report {
    /// The nodes.
    pub nodes: Vec<NodeReport>,
    /// What is in the way.
    pub findings: Vec<Finding>,
}

/// Whether a node can be drained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Drainable {
    /// Now.
    Yes,
    /// Once some pods let go.
    Waits,
    /// Not until somebody acts.
    No,
    /// Something could not be read.
    Unknown,
}

/// One node.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NodeReport {
    /// Its name.
    pub name: String,
    /// Whether it can be drained.
    pub drainable: Drainable,
    /// The pods in the way.
    pub pods: Vec<PodReport>,
}

/// A pod that is in the way.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PodReport {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub code: ReasonCode,
}

impl NodeReport {
    /// Reports on the plan of one node.
    pub fn of(name: &str, plan: &Plan) -> Self {
        let has = |wanted: Verdict| plan.pods().any(|pod| pod.verdict == wanted);
        let drainable = if has(Verdict::Blocked)
            || has(Verdict::Unmanaged)
            || plan.guards.iter().any(|guard| guard.blocks)
        {
            Drainable::No
        } else if has(Verdict::Unknown) {
            Drainable::Unknown
        } else if has(Verdict::Wait) {
            Drainable::Waits
        } else {
            Drainable::Yes
        };
        let pods = plan.pods().filter_map(|pod| {
            let code = in_the_way(pod)?;
            Some(PodReport { namespace: pod.namespace.clone(), name: pod.name.clone(), code })
        });
        Self { name: name.to_owned(), drainable, pods: pods.collect() }
    }
}

/// Returns why a pod keeps its node from being drained at once.
fn in_the_way(pod: &PodPlan) -> Option<ReasonCode> {
    match pod.verdict {
        Verdict::Blocked | Verdict::Unmanaged | Verdict::Unknown | Verdict::Wait => {
            pod.reasons.first().map(|reason| reason.code)
        }
        _ if pod.wave.is_some() && pod.has(ReasonCode::NoPlace) => Some(ReasonCode::NoPlace),
        _ => None,
    }
}
