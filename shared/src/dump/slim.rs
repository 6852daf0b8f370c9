//! What is dropped of pods while a dump is read. They are most of what a dump holds, and most of a pod is about what its
//! containers run, which no rule of admission or of controllers asks of a pod that exists.

use serde_json::{Map, Value};

/// An annotation that tells pods of nodes' own manifests apart.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// The fields of a container that count.
const OF_CONTAINER: [&str; 3] = ["name", "resources", "restartPolicy"];

/// The fields of a pod's status that count, or that tell why it waits.
const OF_STATUS: [&str; 9] = [
    "allocatedResources",
    "conditions",
    "containerStatuses",
    "initContainerStatuses",
    "message",
    "phase",
    "qosClass",
    "reason",
    "resources",
];

/// The fields of a container's status that count: what a resize has come to.
const OF_CONTAINER_STATUS: [&str; 4] = ["allocatedResources", "name", "ready", "resources"];

/// The conditions that say nothing while they are true.
const OF_STARTS: [&str; 3] = ["ContainersReady", "Initialized", "PodReadyToStartContainers"];

/// Removes from a pod that a controller made what only this controller, or nobody, looks at: annotations may be longer than
/// everything else in it.
pub(super) fn slim(object: &mut Value) {
    if object["kind"] != "Pod" {
        return;
    }
    let is_controlled = is_controlled(object);
    let Some(metadata) = object["metadata"].as_object_mut() else { return };
    metadata.remove("managedFields");
    if is_controlled && let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut)
    {
        annotations.retain(|key, _| key == MIRROR);
    }
}

/// Removes from a pod what its containers run and how, which counts for no quota.
pub fn keep_what_counts(object: &mut Value) {
    if object["kind"] != "Pod" {
        return;
    }
    let Some(spec) = object["spec"].as_object_mut() else { return };
    spec.remove("tolerations");
    for field in ["containers", "initContainers", "ephemeralContainers"] {
        each_map(spec.get_mut(field), |container| {
            container.retain(|field, _| OF_CONTAINER.contains(&field.as_str()));
        });
    }
}

/// Removes from a pod that a controller made, and that is not about to be changed itself, everything that no rule asks of
/// it. Whoever has no controller may be adopted, which depends on all of its spec.
pub fn keep_what_rules_read(object: &mut Value) {
    if object["kind"] != "Pod" || !is_controlled(object) {
        return;
    }
    keep_what_counts(object);
    if let Some(volumes) = object["spec"]["volumes"].as_array_mut() {
        volumes.retain(|volume| {
            let Some(volume) = volume.as_object() else { return true };
            volume.contains_key("ephemeral") || volume.contains_key("persistentVolumeClaim")
        });
    }
    let Some(status) = object["status"].as_object_mut() else { return };
    status.retain(|field, _| OF_STATUS.contains(&field.as_str()));
    if let Some(conditions) = status.get_mut("conditions").and_then(Value::as_array_mut) {
        let is_of_start = |one: &Value| OF_STARTS.iter().any(|kind| one["type"] == *kind);
        conditions.retain(|one| !(is_of_start(one) && one["status"] == "True"));
    }
    for field in ["containerStatuses", "initContainerStatuses"] {
        each_map(status.get_mut(field), |status| {
            status.retain(|field, _| OF_CONTAINER_STATUS.contains(&field.as_str()));
        });
    }
}

fn each_map(list: Option<&mut Value>, change: impl Fn(&mut Map<String, Value>)) {
    list.and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
        .for_each(change);
}

fn is_controlled(object: &Value) -> bool {
    let owners = object["metadata"]["ownerReferences"].as_array();
    owners.is_some_and(|owners| owners.iter().any(|owner| owner["controller"] == true))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_containers_run_does_not_count() {
        let container =
            json!({"name": "a", "image": "x", "env": [{"name": "A", "value": "b"}], "resources": {}});
        let mut pod = json!({"kind": "Pod", "spec": {"containers": [container], "tolerations": [{}]}});
        keep_what_counts(&mut pod);
        assert_eq!(pod["spec"], json!({"containers": [{"name": "a", "resources": {}}]}));
        let mut other = json!({"kind": "Pod", "spec": "text"});
        keep_what_counts(&mut other);
        assert_eq!(other["spec"], "text");
    }

    #[test]
    fn of_pods_that_controllers_made_rules_read_little() {
        let pod = |owners: Value| {
            let container = json!({"name": "a", "image": "x", "env": [{"name": "A"}], "resources": {}});
            let volumes = json!([{"name": "c", "configMap": {}}, {"name": "d", "persistentVolumeClaim": {}}]);
            json!({
                "kind": "Pod", "metadata": {"name": "p", "ownerReferences": owners},
                "spec": {"nodeName": "n", "containers": [container], "volumes": volumes},
                "status": {
                    "phase": "Running", "podIP": "10.0.0.1",
                    "conditions": [
                        {"type": "Ready", "status": "True"}, {"type": "Initialized", "status": "True"},
                        {"type": "ContainersReady", "status": "False"},
                    ],
                    "containerStatuses": [{"name": "a", "imageID": "long", "resources": {}}],
                },
            })
        };
        let mut made = pod(json!([{"controller": true}]));
        keep_what_rules_read(&mut made);
        assert_eq!(
            made["spec"],
            json!({
                "nodeName": "n", "containers": [{"name": "a", "resources": {}}],
                "volumes": [{"name": "d", "persistentVolumeClaim": {}}],
            })
        );
        assert_eq!(
            made["status"],
            json!({
                "phase": "Running",
                "conditions": [{"type": "Ready", "status": "True"}, {"type": "ContainersReady", "status": "False"}],
                "containerStatuses": [{"name": "a", "resources": {}}],
            })
        );
        let bare = pod(json!([]));
        let mut kept = bare.clone();
        keep_what_rules_read(&mut kept);
        assert_eq!(kept, bare);
    }
}
