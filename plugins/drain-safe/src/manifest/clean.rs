//! Takes out of an object what the server and controllers fill in, so that it can be applied again.

use serde_json::{Map, Value};
use shared::manifest::json::text;

/// Metadata that belongs to one life of an object.
const METADATA: [&str; 8] = [
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields",
    "selfLink",
];
/// Annotations that controllers write.
const ANNOTATIONS: [&str; 4] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "pv.kubernetes.io/bind-completed",
    "pv.kubernetes.io/bound-by-controller",
];

/// Labels that a pod gets from its node (`PodTopologyLabels` of the API server).
const TOPOLOGY: [&str; 2] = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/// Returns whether an object is made by something else: a controller, the node, or the cluster itself.
pub fn is_made_by_others(object: &Value) -> bool {
    let metadata = &object["metadata"];
    let controlled = shared::workload::owner::controller_of(object).is_some();
    let mirror = !metadata["annotations"]["kubernetes.io/config.mirror"].is_null();
    let name = text(&metadata["name"]);
    let of_cluster = match text(&object["kind"]) {
        "ConfigMap" => name == "kube-root-ca.crt",
        "ServiceAccount" => name == "default",
        "Namespace" => matches!(name, "default" | "kube-system" | "kube-public" | "kube-node-lease"),
        "PriorityClass" => name.starts_with("system-"),
        "Service" => name == "kubernetes" && metadata["namespace"] == "default",
        "Secret" => object["type"] == "kubernetes.io/service-account-token",
        _ => false,
    };
    controlled || mirror || of_cluster || !metadata["deletionTimestamp"].is_null()
}

/// Takes out what the server fills in.
pub fn clean(object: &mut Value) {
    let kind = text(&object["kind"]).to_owned();
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = object["metadata"].as_object_mut() {
        METADATA.iter().for_each(|field| drop(metadata.remove(*field)));
        if let Some(labels) =
            metadata.get_mut("labels").and_then(Value::as_object_mut).filter(|_| kind == "Pod")
        {
            TOPOLOGY.iter().for_each(|label| drop(labels.remove(*label)));
        }
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
            ANNOTATIONS.iter().for_each(|annotation| drop(annotations.remove(*annotation)));
            if annotations.is_empty() {
                metadata.remove("annotations");
            }
        }
    }
    let Some(spec) = object["spec"].as_object_mut() else { return };
    match kind.as_str() {
        "Pod" => pod(spec),
        // A new Service gets new addresses, unless it is headless.
        "Service" if spec.get("clusterIP").is_some_and(|address| address != "None") => {
            spec.remove("clusterIP");
            spec.remove("clusterIPs");
        }
        // The uid of the claim would keep a new one out.
        "PersistentVolume" => {
            if let Some(claim) = spec.get_mut("claimRef").and_then(Value::as_object_mut) {
                claim.remove("uid");
                claim.remove("resourceVersion");
            }
        }
        "Job" => {
            // The server sets these from the new uid.
            spec.remove("selector");
            if let Some(labels) =
                spec.get_mut("template").and_then(|one| one["metadata"]["labels"].as_object_mut())
            {
                for label in [
                    "controller-uid",
                    "batch.kubernetes.io/controller-uid",
                    "job-name",
                    "batch.kubernetes.io/job-name",
                ] {
                    labels.remove(label);
                }
            }
        }
        _ => {}
    }
}

/// The scheduler places the new pod, and admission mounts its token.
fn pod(spec: &mut Map<String, Value>) {
    ["nodeName", "priority", "preemptionPolicy"].iter().for_each(|field| drop(spec.remove(*field)));
    let is_token = |name: &Value| text(name).starts_with("kube-api-access-");
    if let Some(volumes) = spec.get_mut("volumes").and_then(Value::as_array_mut) {
        volumes.retain(|volume| !is_token(&volume["name"]));
    }
    for field in ["containers", "initContainers"] {
        for container in spec.get_mut(field).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(mounts) = container["volumeMounts"].as_array_mut() {
                mounts.retain(|mount| !is_token(&mount["name"]));
            }
        }
    }
    let is_given = |toleration: &Value| {
        ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].contains(&text(&toleration["key"]))
            && toleration["tolerationSeconds"] == 300
    };
    if let Some(tolerations) = spec.get_mut("tolerations").and_then(Value::as_array_mut) {
        tolerations.retain(|toleration| !is_given(toleration));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pod_keeps_what_was_asked_for() {
        let mut pod = json!({
            "kind": "Pod", "status": {"phase": "Running"},
            "metadata": {"name": "tool", "uid": "u", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"}},
            "spec": {
                "nodeName": "n1", "containers": [{"name": "app", "volumeMounts": [{"name": "kube-api-access-x"}, {"name": "data"}]}],
                "volumes": [{"name": "kube-api-access-x"}, {"name": "data"}],
                "tolerations": [{"key": "node.kubernetes.io/not-ready", "tolerationSeconds": 300}, {"key": "gpu"}],
            },
        });
        clean(&mut pod);
        assert_eq!(
            pod,
            json!({
                "kind": "Pod", "metadata": {"name": "tool"},
                "spec": {
                    "containers": [{"name": "app", "volumeMounts": [{"name": "data"}]}],
                    "volumes": [{"name": "data"}], "tolerations": [{"key": "gpu"}],
                },
            })
        );
    }

    #[test]
    fn what_others_make_is_left_to_them() {
        let owned = json!({"kind": "Pod", "metadata": {"ownerReferences": [{"kind": "ReplicaSet", "controller": true}]}});
        assert!(is_made_by_others(&owned));
        assert!(is_made_by_others(&json!({"kind": "ConfigMap", "metadata": {"name": "kube-root-ca.crt"}})));
        assert!(!is_made_by_others(&json!({"kind": "ConfigMap", "metadata": {"name": "settings"}})));
    }
}
