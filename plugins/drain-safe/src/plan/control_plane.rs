//! The nodes of the plan that the cluster itself runs on.

use std::collections::BTreeSet;

use shared::model::{Node, WidePod};

use super::Facts;

/// The labels of such nodes: kubeadm's today and before 1.24, and k3s's.
const LABELS: [&str; 3] = [
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
    "node-role.kubernetes.io/etcd",
];

/// Returns whether a pod is a member of etcd, as kubeadm labels its static pods.
pub fn is_etcd(pod: &WidePod) -> bool {
    let labels = &pod.metadata.labels;
    let has = |key: &str, value: &str| labels.get(key).is_some_and(|found| found == value);
    has("component", "etcd") && has("tier", "control-plane")
}

/// Returns the nodes of the plan that run the control plane.
pub fn control_plane(facts: &Facts) -> Vec<String> {
    let of_pods: BTreeSet<&str> =
        facts.pods.iter().filter(|pod| is_etcd(pod)).map(|pod| pod.spec.node_name.as_str()).collect();
    let runs_it = |node: &&Node| {
        LABELS.iter().any(|label| node.metadata.labels.contains_key(*label))
            || of_pods.contains(node.metadata.name.as_str())
    };
    facts.target_nodes().filter(runs_it).map(|node| node.metadata.name.clone()).collect()
}
