//! The JSON document of `kubectl drain-safe explain`.

use schemars::JsonSchema;
use serde::Serialize;

/// The content of a `PodExplanation`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Explanation {
    /// The pod.
    pub pod: ExplainedPod,
    /// What becomes of it.
    pub sentences: Vec<String>,
    /// What each node says to its replacement.
    pub nodes: Vec<ExplainedNode>,
}

/// The pod that is explained.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExplainedPod {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// What one node says to the replacement, if the pod went now and alone.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExplainedNode {
    /// The node.
    pub name: String,
    /// `yes` or `no`.
    pub fits: &'static str,
    /// Why not, in the scheduler's words.
    pub reason: Option<String>,
}
