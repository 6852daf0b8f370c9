//! Random quotas and LimitRanges.

use serde_json::{Map, Value, json};

use support::Random;

use super::values::{BYTES, COUNTS, CPU, GPU, PRIORITIES};

/// Resource names of quotas with the amounts they are given.
pub const KEYS: &[(&str, &[&str])] = &[
    ("cpu", CPU),
    ("requests.cpu", CPU),
    ("limits.cpu", CPU),
    ("memory", BYTES),
    ("requests.memory", BYTES),
    ("limits.memory", BYTES),
    ("ephemeral-storage", BYTES),
    ("requests.ephemeral-storage", BYTES),
    ("limits.ephemeral-storage", BYTES),
    ("hugepages-2Mi", BYTES),
    ("requests.hugepages-2Mi", BYTES),
    ("requests.example.com/gpu", COUNTS),
    ("limits.example.com/gpu", COUNTS),
    ("example.com/gpu", COUNTS),
    ("pods", COUNTS),
    ("count/pods", COUNTS),
    ("services", COUNTS),
    ("count/services", COUNTS),
    ("services.nodeports", COUNTS),
    ("services.loadbalancers", COUNTS),
    ("persistentvolumeclaims", COUNTS),
    ("count/persistentvolumeclaims", COUNTS),
    ("requests.storage", BYTES),
    ("gold.storageclass.storage.k8s.io/requests.storage", BYTES),
    ("gold.storageclass.storage.k8s.io/persistentvolumeclaims", COUNTS),
    ("silver.storageclass.storage.k8s.io/requests.storage", BYTES),
    ("configmaps", COUNTS),
    ("count/configmaps", COUNTS),
    ("secrets", COUNTS),
    ("count/secrets", COUNTS),
    ("count/deployments.apps", COUNTS),
    ("count/deployments", COUNTS),
    ("count/jobs.batch", COUNTS),
    ("count/resourceclaims.resource.k8s.io", COUNTS),
    ("fast.deviceclass.resource.k8s.io/devices", COUNTS),
    ("requests.example.com/device", COUNTS),
    ("requests.deviceclass.resource.kubernetes.io/served", COUNTS),
];

/// Scopes as a quota's spec has them; half of the quotas have none.
pub fn scopes(random: &mut Random) -> Value {
    let selector = |scope: &str, operator: &str, values: &[&str]| {
        let mut requirement = json!({"scopeName": scope, "operator": operator});
        if !values.is_empty() {
            requirement["values"] = json!(values);
        }
        json!({"scopeSelector": {"matchExpressions": [requirement]}})
    };
    if random.percent(50) {
        return json!({});
    }
    match random.below(13) {
        0 => json!({"scopes": ["Terminating"]}),
        1 => json!({"scopes": ["NotTerminating"]}),
        2 => json!({"scopes": ["BestEffort"]}),
        3 => json!({"scopes": ["NotBestEffort"]}),
        4 => json!({"scopes": ["NotTerminating", "NotBestEffort"]}),
        5 => json!({"scopes": ["PriorityClass"]}),
        6 => selector("PriorityClass", "In", &["high", "middle"]),
        7 => selector("PriorityClass", "NotIn", &[random.pick(PRIORITIES)]),
        8 => selector("PriorityClass", "DoesNotExist", &[]),
        9 => selector("CrossNamespacePodAffinity", "Exists", &[]),
        10 => selector("VolumeAttributesClass", "In", &["quick"]),
        11 => selector("VolumeAttributesClass", "NotIn", &["quick"]),
        _ => selector("VolumeAttributesClass", random.pick(&["Exists", "DoesNotExist"]), &[]),
    }
}

/// What a quota enforces and has counted.
pub fn status(random: &mut Random) -> Value {
    let (mut hard, mut used) = (Map::new(), Map::new());
    // Most quotas have few keys, so that most objects pass most quotas.
    let keys = if random.percent(20) { 0 } else { 1 + random.below(6) };
    let has_holes = random.percent(6);
    for _ in 0..keys {
        let (key, values) = KEYS[random.below(KEYS.len())];
        let most = if random.percent(60) {
            random.pick(&["10", "20", "50", "1k", "20Gi"])
        } else {
            random.pick(values)
        };
        let most = if values == COUNTS && most == "20Gi" { "30" } else { most };
        hard.insert(key.to_owned(), Value::from(most));
        if !has_holes || random.percent(50) {
            let taken = if random.percent(40) { "0" } else { random.pick(values) };
            used.insert(key.to_owned(), Value::from(taken));
        }
    }
    json!({"hard": hard, "used": used})
}

/// The items of a LimitRange; the server refuses some, and others are tried then.
pub fn limits(random: &mut Random) -> Value {
    let mut items = Vec::new();
    for (kind, chance) in [("Container", 35), ("Pod", 25), ("PersistentVolumeClaim", 25)] {
        if !random.percent(chance) {
            continue;
        }
        let mut item = json!({"type": kind});
        let resources: &[&str] = if kind == "PersistentVolumeClaim" {
            &["storage"]
        } else {
            &["cpu", "memory", "ephemeral-storage", GPU]
        };
        for _ in 0..1 + random.below(3) {
            let resource = random.pick(resources);
            let values = match resource {
                "cpu" => CPU,
                GPU => COUNTS,
                _ => BYTES,
            };
            match random.below(if kind == "Container" { 5 } else { 3 }) {
                0 => item["min"][resource] = Value::from(random.pick(values)),
                1 => item["max"][resource] = Value::from(random.pick(values)),
                2 if kind != "PersistentVolumeClaim" && resource != GPU => {
                    item["maxLimitRequestRatio"][resource] =
                        Value::from(random.pick(&["1", "2", "3", "1500m", "10"]));
                }
                2 => {}
                3 => item["default"][resource] = Value::from(random.pick(values)),
                _ => item["defaultRequest"][resource] = Value::from(random.pick(values)),
            }
        }
        items.push(item);
    }
    Value::from(items)
}
