//! Objects for the tests of `kubectl quota`, as JSON that a test may change further.

use serde_json::{Value, json};

/// An object of any kind.
fn object(api_version: &str, kind: &str, namespace: &str, name: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": api_version, "kind": kind, "metadata": {"name": name, "namespace": namespace}, "spec": spec,
    })
}

/// Takes the namespace out of an object: the command line names it then.
pub fn without_namespace(mut object: Value) -> Value {
    object["metadata"].as_object_mut().expect("metadata").remove("namespace");
    object
}

/// Several objects as one document.
pub fn list<T: serde::Serialize>(objects: &[T]) -> Value {
    json!({"apiVersion": "v1", "kind": "List", "items": objects})
}

/// The requests of a container that asks for CPU only.
pub fn cpu(amount: &str) -> Value {
    json!({"cpu": amount})
}

/// A template of pods with the label `app` and one container.
pub fn template(app: &str, requests: &Value) -> Value {
    json!({
        "metadata": {"labels": {"app": app}},
        "spec": {"containers": [{"name": "app", "image": "app", "resources": {"requests": requests}}]},
    })
}

/// Gives a template's pods another grace period than the server's 30 seconds.
pub fn with_grace(mut template: Value, seconds: usize) -> Value {
    template["spec"]["terminationGracePeriodSeconds"] = json!(seconds);
    template
}

/// Binds a template's pods to the nodes that `support::add_nodes` made for a namespace.
pub fn on_nodes_of(namespace: &str, mut template: Value) -> Value {
    template["spec"]["nodeSelector"] = json!({"for": namespace});
    template["spec"]["tolerations"] = json!([{"key": "for", "operator": "Exists"}]);
    template
}

/// A workload of the `apps` group that selects the pods of its template by their label `app`.
pub fn workload(kind: &str, namespace: &str, name: &str, replicas: usize, template: Value) -> Value {
    let app = template["metadata"]["labels"]["app"].clone();
    let mut spec =
        json!({"replicas": replicas, "selector": {"matchLabels": {"app": app}}, "template": template});
    match kind {
        "StatefulSet" => spec["serviceName"] = json!(name),
        "DaemonSet" => drop(spec.as_object_mut().expect("a spec").remove("replicas")),
        _ => {}
    }
    object("apps/v1", kind, namespace, name, &spec)
}

/// A Deployment, see [`workload`].
pub fn deployment(namespace: &str, name: &str, replicas: usize, template: Value) -> Value {
    workload("Deployment", namespace, name, replicas, template)
}

/// A Job or a CronJob.
pub fn batch(kind: &str, namespace: &str, name: &str, spec: &Value) -> Value {
    object("batch/v1", kind, namespace, name, spec)
}

/// A pod with one container.
pub fn pod(namespace: &str, name: &str, requests: &Value) -> Value {
    object("v1", "Pod", namespace, name, &template(name, requests)["spec"])
}

/// A ConfigMap without data.
pub fn config_map(namespace: &str, name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": namespace}})
}

/// A Service with one port.
pub fn service(namespace: &str, name: &str, kind: &str) -> Value {
    object("v1", "Service", namespace, name, &json!({"type": kind, "ports": [{"port": 80}]}))
}

/// A HorizontalPodAutoscaler of a Deployment.
pub fn autoscaler(namespace: &str, name: &str, deployment: &str, most: u8) -> Value {
    let target = json!({"apiVersion": "apps/v1", "kind": "Deployment", "name": deployment});
    let spec = json!({"maxReplicas": most, "scaleTargetRef": target});
    object("autoscaling/v2", "HorizontalPodAutoscaler", namespace, name, &spec)
}

/// A ResourceQuota.
pub fn quota(namespace: &str, name: &str, hard: &Value) -> Value {
    object("v1", "ResourceQuota", namespace, name, &json!({"hard": hard}))
}

/// A LimitRange with one item.
pub fn limit_range(namespace: &str, name: &str, item: &Value) -> Value {
    object("v1", "LimitRange", namespace, name, &json!({"limits": [item]}))
}

/// The API of metrics-server, served by the API server itself.
pub fn metrics_api() -> Value {
    let schema = json!({"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}});
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {
            "name": "pods.metrics.k8s.io",
            "annotations": {"api-approved.kubernetes.io": "unapproved, for a test"},
        },
        "spec": {
            "group": "metrics.k8s.io", "scope": "Namespaced", "names": {"plural": "pods", "kind": "PodMetrics"},
            "versions": [{"name": "v1beta1", "served": true, "storage": true, "schema": schema}],
        },
    })
}
