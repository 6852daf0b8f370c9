//! Labels that tell the pods of one workload apart.
//!
//! A StatefulSet and an indexed Job number their pods (`pkg/controller/statefulset/stateful_set_utils.go`,
//! `pkg/controller/job/indexed_job_utils.go`), and the API server copies zone and region of a node to the pods that are
//! bound to it (`plugin/pkg/admission/podtopologylabels`). Where no selector asks for these, the scheduler takes the pods
//! for alike.

use super::label_selector::Labels;
use crate::model::wide_pod::COPIED_FROM_NODE;
use crate::model::{LabelSelector, WidePod};

const NUMBERS: [&str; 3] = [
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/job-completion-index",
];

fn distinguishes(key: &str) -> bool {
    COPIED_FROM_NODE.contains(&key) || NUMBERS.contains(&key)
}

/// Returns the labels that workloads share.
pub(super) fn without_distinguishing_labels(labels: &Labels) -> impl Iterator<Item = (&String, &String)> {
    labels.iter().filter(|(key, _)| !distinguishes(key))
}

/// Returns whether a label selector asks for such a label.
pub fn selects_distinguishing_labels(selector: &LabelSelector) -> bool {
    let mut keys = selector.match_labels.keys().chain(selector.match_expressions.iter().map(|one| &one.key));
    keys.any(|key| distinguishes(key))
}

/// Returns whether affinity or spread of a pod asks for such a label.
pub fn asks_for_distinguishing_labels(pod: &WidePod) -> bool {
    let affinity = pod.spec.affinity.iter();
    let relations =
        affinity.flat_map(|affinity| affinity.pod_affinity.iter().chain(&affinity.pod_anti_affinity));
    let terms = relations.flat_map(|relation| &relation.required_during_scheduling_ignored_during_execution);
    let spread = &pod.spec.topology_spread_constraints;
    let mut selectors = terms
        .filter_map(|term| term.label_selector.as_ref())
        .chain(spread.iter().filter_map(|constraint| constraint.label_selector.as_ref()));
    let mut keys = spread.iter().flat_map(|constraint| &constraint.match_label_keys);
    selectors.any(selects_distinguishing_labels) || keys.any(|key| distinguishes(key))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn selectors_of_such_labels_are_found() {
        let asks = |spec: Value| {
            asks_for_distinguishing_labels(&serde_json::from_value(json!({"spec": spec})).unwrap())
        };
        let number = json!({"matchLabels": {"apps.kubernetes.io/pod-index": "0"}});
        let zone = json!({"matchLabels": {"topology.kubernetes.io/zone": "a"}});
        let name = json!({"matchExpressions": [{"key": "statefulset.kubernetes.io/pod-name", "operator": "Exists"}]});
        let app = json!({"matchLabels": {"app": "a"}});
        let anti = |selector: &Value| {
            let terms = json!([{"topologyKey": "zone", "labelSelector": selector}]);
            json!({"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}}})
        };
        let spread = |selector: &Value| json!({"topologySpreadConstraints": [{"labelSelector": selector}]});
        for asking in [anti(&number), anti(&name), spread(&number), spread(&name), anti(&zone)] {
            assert!(asks(asking.clone()), "{asking}");
        }
        assert!(asks(
            json!({"topologySpreadConstraints": [{"matchLabelKeys": ["apps.kubernetes.io/pod-index"]}]})
        ));
        for other in [json!({}), anti(&app), spread(&app)] {
            assert!(!asks(other.clone()), "{other}");
        }
    }
}
