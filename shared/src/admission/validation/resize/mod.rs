//! Which changes of a running pod's resources are invalid (`ValidatePodResize`).

mod containers;
mod kept;

use serde_json::Value;

pub use kept::kept_by_resize;

use crate::{
    admission::{object::PodFacts, version::Version},
    resources::Requirements,
};

/// Returns the server's complaints about a resize from `old` to `pod`, after those about the pod itself, which are given.
/// The defaults of LimitRanges, which are filled in again, can invalidate a resize that changes only CPU and memory.
pub fn resize_complaints(
    about_pod: Vec<String>,
    pod: &PodFacts,
    old: &PodFacts,
    version: Version,
) -> Vec<String> {
    let sets_pod_level = has_pod_level(pod) || has_pod_level(old);
    if sets_pod_level && !version.names_the_feature_of_pod_level_resizes() {
        return vec!["[]: Forbidden: pods with pod-level resources cannot be resized".to_owned()];
    }
    let (source, old_source) = (source(pod), source(old));
    if let Some(kind) = kind_that_never_resizes(old_source) {
        return vec![format!("[]: Forbidden: {kind} pods cannot be resized")];
    }
    let mut complaints = about_pod;
    let before = if old.qos_class.is_empty() { old.qos_class(version) } else { &old.qos_class };
    if before != pod.qos_class(version) {
        complaints.push(format!(
            "spec: Invalid value: \"{before}\": Pod QOS Class may not change as a result of resizing"
        ));
    }
    if runs_without_support(old_source) {
        complaints.push("spec: Forbidden: Pod running on node without support for resize".to_owned());
    }
    if sets_pod_level {
        if !version.resizes_pod_level() {
            complaints.push("[]: Forbidden: resize of pods with pod-level resources is forbidden when InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled".to_owned());
            return complaints;
        }
        complaints.extend(pod_level_complaints(pod, old));
    }
    let order = containers::order_complaints(source, old_source);
    if !order.is_empty() {
        complaints.extend(order);
        return complaints;
    }
    complaints.extend(containers::removal_complaints(pod, old, version));
    complaints.extend(containers::container_complaints(pod, old, version));
    complaints.extend(containers::init_container_complaints(pod, old, version));
    complaints
}

/// Returns what a pod was read from; null where that was not kept.
fn source(pod: &PodFacts) -> &Value {
    pod.source.as_deref().unwrap_or(&Value::Null)
}

/// Returns what a pod is that no server resizes.
fn kind_that_never_resizes(pod: &Value) -> Option<&'static str> {
    if !pod["metadata"]["annotations"]["kubernetes.io/config.mirror"].is_null() {
        return Some("static");
    }
    (pod["spec"]["os"]["name"] == "windows").then_some("windows")
}

/// Returns whether the first running container has no resources in its status: its kubelet resizes nothing
/// (`isPodResizeRequestSupported`).
fn runs_without_support(pod: &Value) -> bool {
    let mut statuses = pod["status"]["containerStatuses"].as_array().into_iter().flatten();
    let running = statuses.find(|status| !status["state"]["running"].is_null());
    running.is_some_and(|status| status["resources"].is_null())
}

fn has_pod_level(pod: &PodFacts) -> bool {
    pod.resources.pod_level.iter().any(|level| !level.requests.is_empty() || !level.limits.is_empty())
}

/// Validates the change of the resources of the whole pod (`validatePodLevelResourcesResize`).
fn pod_level_complaints(pod: &PodFacts, old: &PodFacts) -> Vec<String> {
    let (new, old) = (&pod.resources.pod_level, &old.resources.pod_level);
    let mut complaints = Vec::new();
    if let Some(old) = old {
        let Some(new) = new else {
            return vec!["spec.resources: Forbidden: pod-level resources cannot be removed".to_owned()];
        };
        for (field, new, old) in
            [("requests", &new.requests, &old.requests), ("limits", &new.limits, &old.limits)]
        {
            if old.keys().any(|name| !new.contains_key(name)) {
                complaints.push(format!(
                    "spec.resources.{field}: Forbidden: pod-level resource {field} cannot be removed"
                ));
            }
        }
    }
    let others = |level: &Option<Requirements>| containers::others_of(&level.clone().unwrap_or_default());
    if others(new) != others(old) {
        complaints.push("spec: Forbidden: only cpu and memory resources are mutable at pod-level".to_owned());
    }
    complaints
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Version, resize_complaints};
    use crate::admission::{
        object::{ObjectKind, PodFacts},
        read_object::object_for_tests as object,
    };

    fn pod(spec: Value) -> PodFacts {
        match object(json!({"apiVersion": "v1", "kind": "Pod", "spec": spec})).body {
            ObjectKind::Pod(pod) => *pod,
            _ => panic!("a pod is a pod"),
        }
    }

    fn said(version: &str, new: Value, old: Value) -> Vec<String> {
        resize_complaints(Vec::new(), &pod(new), &pod(old), Version::parse(version).unwrap())
    }

    fn requests(cpu: &str) -> Value {
        json!({"requests": {"cpu": cpu}})
    }

    #[test]
    fn pods_are_resized_as_a_whole_since_1_36() {
        let of = |cpu: &str| json!({"resources": requests(cpu), "containers": [{"name": "a"}]});
        assert_eq!(
            said("1.34", of("2"), of("1")),
            ["[]: Forbidden: pods with pod-level resources cannot be resized"]
        );
        let gate = [
            "[]: Forbidden: resize of pods with pod-level resources is forbidden when InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled",
        ];
        assert_eq!(said("1.35", of("2"), of("1")), gate);
        assert_eq!(said("1.37/1.34", of("2"), of("1")), gate);
        assert!(said("1.36", of("2"), of("1")).is_empty());
        let pages = json!({"resources": {"requests": {"cpu": 1, "hugepages-2Mi": "2Mi"}}, "containers": [{"name": "a"}]});
        assert_eq!(
            said("1.36", pages, of("1")),
            ["spec: Forbidden: only cpu and memory resources are mutable at pod-level"]
        );
        assert_eq!(
            said("1.36", json!({"containers": [{"name": "a", "resources": requests("1")}]}), of("1")),
            ["spec.resources: Forbidden: pod-level resources cannot be removed"]
        );
    }

    #[test]
    fn init_containers_are_resized_since_1_36() {
        let of = |resources: Value| {
            json!({
                "initContainers": [{"name": "i", "resources": resources}],
                "containers": [{"name": "a", "resources": requests("1")}],
            })
        };
        let immutable = ["spec: Forbidden: resources for non-sidecar init containers are immutable"];
        assert_eq!(said("1.35", of(requests("2")), of(requests("1"))), immutable);
        assert_eq!(said("1.37/1.35", of(requests("2")), of(requests("1"))), immutable);
        assert!(said("1.36", of(requests("2")), of(requests("1"))).is_empty());
        let storage = json!({"requests": {"cpu": 1, "ephemeral-storage": 1}});
        assert_eq!(
            said("1.36", of(storage), of(requests("1"))),
            [
                "spec.initContainers[0]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable"
            ]
        );
    }

    #[test]
    fn what_a_list_had_nothing_of_may_be_filled_in_before_1_35() {
        let of = |resources: Value| {
            json!({
                "initContainers": [{"name": "s", "restartPolicy": "Always", "resources": resources}],
                "containers": [{"name": "a", "resources": requests("1")}],
            })
        };
        let filled = || of(json!({"requests": {"ephemeral-storage": "1Gi"}}));
        assert!(said("1.34", filled(), of(json!({}))).is_empty());
        for (version, complaint) in [
            ("1.35", "spec: Forbidden: only cpu and memory resources for sidecar containers are mutable"),
            (
                "1.36",
                "spec.initContainers[0]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable",
            ),
        ] {
            assert_eq!(said(version, filled(), of(json!({}))), [complaint]);
        }
        assert_eq!(
            said(
                "1.34",
                of(json!({"requests": {"cpu": "1", "ephemeral-storage": "1Gi"}})),
                of(requests("1"))
            ),
            ["spec: Forbidden: only cpu and memory resources for sidecar containers are mutable"]
        );
    }
}
