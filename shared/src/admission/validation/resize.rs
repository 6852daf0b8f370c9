//! Which changes of a running pod's resources are invalid (`ValidatePodResize`).

use crate::{
    admission::{object::PodFacts, version::Version},
    resources::{Requirements, ResourceList},
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
    let mut complaints = about_pod;
    let before = if old.qos_class.is_empty() { old.qos_class(version) } else { &old.qos_class };
    if before != pod.qos_class(version) {
        complaints.push(format!(
            "spec: Invalid value: \"{before}\": Pod QOS Class may not change as a result of resizing"
        ));
    }
    if sets_pod_level {
        if !version.resizes_pod_level() {
            complaints.push("[]: Forbidden: resize of pods with pod-level resources is forbidden when InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled".to_owned());
            return complaints;
        }
        complaints.extend(pod_level_complaints(pod, old));
    }
    complaints.extend(container_complaints(pod, old));
    complaints.extend(init_container_complaints(pod, old, version));
    complaints
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
    let others = |level: &Option<Requirements>| other_than_compute(&level.clone().unwrap_or_default());
    if others(new) != others(old) {
        complaints.push("spec: Forbidden: only cpu and memory resources are mutable at pod-level".to_owned());
    }
    complaints
}

fn container_complaints(pod: &PodFacts, old: &PodFacts) -> Vec<String> {
    let pairs = pod.resources.containers.iter().zip(&old.resources.containers);
    let changed = pairs.filter(|(new, old)| other_than_compute(&new.spec) != other_than_compute(&old.spec));
    changed.map(|_| "spec: Forbidden: only cpu and memory resources are mutable".to_owned()).collect()
}

fn init_container_complaints(pod: &PodFacts, old: &PodFacts, version: Version) -> Vec<String> {
    let mut complaints = Vec::new();
    let pairs = pod.resources.init_containers.iter().zip(&old.resources.init_containers);
    for (index, (new, old)) in pairs.enumerate() {
        if new.sidecar || version.resizes_init_containers() {
            if other_than_compute(&new.spec) == other_than_compute(&old.spec) {
                continue;
            }
            complaints.push(match version.names_resized_init_containers() {
                true => format!(
                    "spec.initContainers[{index}]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable"
                ),
                false => "spec: Forbidden: only cpu and memory resources for sidecar containers are mutable"
                    .to_owned(),
            });
        } else if new.spec != old.spec {
            complaints
                .push("spec: Forbidden: resources for non-sidecar init containers are immutable".to_owned());
        }
    }
    complaints
}

fn other_than_compute(spec: &Requirements) -> (ResourceList, ResourceList) {
    let others = |list: &ResourceList| {
        let kept = list.iter().filter(|(name, _)| !matches!(name.as_str(), "cpu" | "memory"));
        kept.map(|(name, amount)| (name.clone(), amount.clone())).collect()
    };
    (others(&spec.requests), others(&spec.limits))
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
}
