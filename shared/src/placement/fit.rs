//! Where a pod fits now, and why not elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::NotModeled;

/// What the filters say about one pod and every node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The nodes that pass every filter, in the cluster's order.
    pub nodes: Vec<Arc<str>>,
    /// The number of all nodes, drained ones included.
    pub total: usize,
    /// The reasons of those that do not, with the number of nodes; a node counts under each of its reasons.
    pub reasons: BTreeMap<String, usize>,
    /// Why the pod was refused before any node was looked at, such as a claim that is missing.
    pub rejection: Option<String>,
    /// What decides as well and is not simulated; the nodes are then only candidates.
    pub not_modeled: Vec<NotModeled>,
}

impl Fit {
    /// Returns whether some node passes.
    pub fn fits(&self) -> bool {
        !self.nodes.is_empty()
    }

    /// Returns what the scheduler's event says, to its first period (`FitError.Error` in
    /// `pkg/scheduler/framework/types.go`): `0/6 nodes are available: 2 Insufficient cpu, 4 node(s) were unschedulable.`
    pub fn message(&self) -> String {
        if self.total == 0 {
            return "no nodes available to schedule pods".to_owned();
        }
        let available = format!("{}/{} nodes are available:", self.nodes.len(), self.total);
        if let Some(rejection) = &self.rejection {
            return format!("{available} {rejection}.");
        }
        let mut counted: Vec<_> =
            self.reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        counted.sort();
        format!("{available} {}.", counted.join(", "))
    }
}

/// What the filters say about one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeFit {
    /// The node.
    pub node: Arc<str>,
    /// Why it is refused, in the scheduler's words; empty if it passes.
    pub reasons: Vec<String>,
}
