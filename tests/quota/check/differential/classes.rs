//! Classes of the whole cluster.

use serde_json::{Value, json};

use support::Random;

/// Priority, storage, runtime and device classes, as they are created.
pub fn classes(random: &mut Random) -> Vec<Value> {
    let priority = |name: &str, value: usize, default: bool| json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}, "value": value, "globalDefault": default});
    let storage = |name: &str, default: bool, expands: bool| {
        let annotations = json!({"storageclass.kubernetes.io/is-default-class": default.to_string()});
        json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": name, "annotations": annotations},
            "provisioner": "example.com/none", "allowVolumeExpansion": expands,
        })
    };
    let runtime = |name: &str| json!({"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": name}, "handler": "x"});
    let device = |name: &str, resource: &str| json!({"apiVersion": "resource.k8s.io/v1", "kind": "DeviceClass", "metadata": {"name": name}, "spec": {"extendedResourceName": resource}});
    let mut heavy = runtime("heavy");
    heavy["overhead"]["podFixed"] = json!({"cpu": "50m", "memory": "64Mi"});
    vec![
        priority("high", 1_000, false),
        priority("low", 10, false),
        priority("middle", 100, random.percent(40)),
        storage("gold", random.percent(50), true),
        storage("silver", false, false),
        heavy,
        runtime("light"),
        device("served", "example.com/device"),
    ]
}
