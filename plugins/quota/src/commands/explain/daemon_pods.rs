//! How many pods a DaemonSet wants. Its status tells only once its controller has a ControllerRevision of the template;
//! until then the nodes do.

use serde_json::Value;
use shared::{
    manifest::json::number,
    workload::{daemon_nodes, template},
};

use super::{
    missing_pods::active_pods,
    namespace_snapshot::{NamespaceSnapshot, kind},
};

/// Returns whether only the nodes tell how many pods a workload wants: its status is of an earlier change.
pub fn depends_on_nodes(workload: &Value) -> bool {
    kind(workload) == "DaemonSet" && daemon_nodes::tell_alone(workload)
}

/// Returns how many pods a DaemonSet wants and how many it has; `None` where the nodes would tell and could not be read.
pub fn wanted_and_present(set: &Value, snapshot: &NamespaceSnapshot) -> Option<(usize, usize)> {
    let status = &set["status"];
    let scheduled = &status["currentNumberScheduled"];
    if !depends_on_nodes(set) {
        return Some((number(&status["desiredNumberScheduled"], 0), number(scheduled, 0)));
    }
    let wanted = daemon_nodes::eligible(snapshot.cluster.nodes.as_deref()?, template("DaemonSet", set));
    Some((wanted, active_pods(set, snapshot, scheduled)))
}

/// Returns whether it is unknown how many pods a workload wants.
pub fn is_unknown(workload: &Value, snapshot: &NamespaceSnapshot) -> bool {
    depends_on_nodes(workload) && snapshot.cluster.nodes.is_none()
}
