//! Pods that every node has: of DaemonSets in any API group, and those that behave alike.

use shared::model::{OwnerReference, Toleration, WidePod};

/// What makes a pod one of a daemon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Daemon<'a> {
    /// Its controller is a DaemonSet, of Kubernetes or of another API group.
    Set(&'a OwnerReference),
    /// It is bound to its node by name and tolerates the cordon.
    Pinned,
}

/// Returns what makes a pod one of a daemon, if it is one.
pub fn daemon(pod: &WidePod) -> Option<Daemon<'_>> {
    match pod.metadata.controller() {
        Some(owner) if owner.kind == "DaemonSet" => Some(Daemon::Set(owner)),
        _ => (is_pinned_by_name(pod) && tolerates_cordon(pod)).then_some(Daemon::Pinned),
    }
}

/// Returns whether the required node affinity admits this one node only, as the DaemonSet controller writes it
/// (`ReplaceDaemonSetPodNodeNameNodeAffinity` in `pkg/controller/daemon/util`).
fn is_pinned_by_name(pod: &WidePod) -> bool {
    let affinity = pod.spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref());
    let required = affinity.and_then(|one| one.required_during_scheduling_ignored_during_execution.as_ref());
    let terms = required.map(|required| required.node_selector_terms.as_slice()).unwrap_or_default();
    !terms.is_empty()
        && terms.iter().all(|term| {
            term.match_fields.iter().any(|field| {
                field.key == "metadata.name"
                    && field.operator == "In"
                    && field.values.iter().all(|name| *name == pod.spec.node_name)
                    && !field.values.is_empty()
            })
        })
}

/// Returns whether the scheduler places a pod on cordoned nodes (`NodeUnschedulable` of the scheduler's plugins).
pub fn tolerates_cordon(pod: &WidePod) -> bool {
    pod.spec.tolerations.iter().any(tolerates)
}

fn tolerates(toleration: &Toleration) -> bool {
    let Toleration { key, operator, value, effect, .. } = toleration;
    let is_about_cordons =
        key == "node.kubernetes.io/unschedulable" || (key.is_empty() && operator == "Exists");
    let has_value = match operator.as_str() {
        "Exists" => true,
        "" | "Equal" => value.is_empty(),
        _ => false,
    };
    is_about_cordons && has_value && (effect.is_empty() || effect == "NoSchedule")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pod(spec: Value) -> WidePod {
        let mut pod: WidePod = serde_json::from_value(json!({"spec": spec})).unwrap();
        pod.spec.node_name = "n1".to_owned();
        pod
    }

    fn pinned(names: &[&str], tolerations: Value) -> WidePod {
        let term = json!({"matchFields": [{"key": "metadata.name", "operator": "In", "values": names}]});
        pod(json!({
            "tolerations": tolerations,
            "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}},
        }))
    }

    #[test]
    fn a_pod_bound_to_its_node_behaves_like_a_daemon() {
        let everything = json!([{"operator": "Exists"}]);
        assert_eq!(daemon(&pinned(&["n1"], everything.clone())), Some(Daemon::Pinned));
        assert_eq!(daemon(&pinned(&["n1"], json!([]))), None);
        assert_eq!(daemon(&pinned(&["n1", "n2"], everything.clone())), None);
        assert_eq!(daemon(&pod(json!({"tolerations": everything}))), None);
    }

    #[test]
    fn tolerations_of_the_cordon() {
        let tolerates = |toleration: Value| tolerates_cordon(&pod(json!({"tolerations": [toleration]})));
        let key = "node.kubernetes.io/unschedulable";
        assert!(tolerates(json!({"key": key, "operator": "Exists", "effect": "NoSchedule"})));
        assert!(tolerates(json!({"key": key})));
        assert!(tolerates(json!({"operator": "Exists"})));
        assert!(!tolerates(json!({"key": key, "operator": "Exists", "effect": "NoExecute"})));
        assert!(!tolerates(json!({"key": key, "value": "x"})));
        assert!(!tolerates(json!({"key": "other", "operator": "Exists"})));
    }
}
