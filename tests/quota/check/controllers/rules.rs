//! Random quotas and LimitRanges of a namespace.

use serde_json::{Map, Value, json};
use support::Random;

use crate::objects::{limit_range, quota};

/// What quotas limit, with amounts of which some are too small for the manifests.
const KEYS: &[(&str, &[&str])] = &[
    ("pods", &["1", "2", "4", "6", "9"]),
    ("pods", &["2", "3", "5"]),
    ("count/pods", &["2", "4", "8"]),
    ("requests.cpu", &["100m", "300m", "500m", "1", "2"]),
    ("cpu", &["400m", "1", "1.5"]),
    ("requests.memory", &["128Mi", "256Mi", "640Mi", "1Gi"]),
    ("limits.cpu", &["500m", "1", "3"]),
    ("limits.memory", &["512Mi", "2Gi"]),
    ("persistentvolumeclaims", &["0", "1", "2", "4", "6"]),
    ("requests.storage", &["1Gi", "2Gi", "5Gi", "12Gi"]),
    ("count/deployments.apps", &["0", "1", "2"]),
    ("count/replicasets.apps", &["0", "1", "2"]),
    ("count/statefulsets.apps", &["0", "1"]),
    ("count/controllerrevisions.apps", &["0", "1"]),
    ("count/jobs.batch", &["0", "1"]),
    ("count/cronjobs.batch", &["0", "1"]),
    ("count/resourceclaims.resource.k8s.io", &["0", "1", "3"]),
    ("example.deviceclass.resource.k8s.io/devices", &["1", "2", "4"]),
    ("count/horizontalpodautoscalers.autoscaling", &["0", "1"]),
    ("services", &["0", "1"]),
    ("configmaps", &["1", "2"]),
];

/// One or two quotas of a namespace, some of them with a scope.
pub fn quotas(random: &mut Random, namespace: &str) -> Vec<Value> {
    let mut quotas = Vec::new();
    for index in 0..1 + random.below(2) {
        let scope = if random.percent(20) {
            Some(random.pick(&["NotTerminating", "Terminating", "BestEffort", "NotBestEffort"]))
        } else {
            None
        };
        let mut hard = Map::new();
        for _ in 0..1 + random.below(4) {
            let (key, amounts) = random.pick(KEYS);
            // Quotas with a scope limit pods only, those for BestEffort only their number.
            let (key, amounts) = match scope {
                Some("BestEffort") => KEYS[0],
                Some(_) if !(key == "pods" || key.ends_with("cpu") || key.ends_with("memory")) => KEYS[0],
                _ => (key, amounts),
            };
            hard.insert(key.to_owned(), Value::from(random.pick(amounts)));
        }
        let mut quota = quota(namespace, &format!("q{index}"), &Value::from(hard));
        if let Some(scope) = scope {
            quota["spec"]["scopes"] = json!([scope]);
        }
        quotas.push(quota);
    }
    quotas
}

/// A LimitRange of a namespace, where it has one.
pub fn limits(random: &mut Random, namespace: &str) -> Option<Value> {
    let item = match random.below(10) {
        0 => {
            json!({"type": "Container", "default": {"cpu": "200m", "memory": "128Mi"}, "defaultRequest": {"cpu": "100m", "memory": "64Mi"}})
        }
        1 => json!({"type": "Container", "max": {"cpu": "200m"}}),
        2 => json!({"type": "Container", "min": {"memory": "96Mi"}}),
        3 => json!({"type": "Pod", "max": {"memory": "192Mi"}}),
        4 => json!({"type": "PersistentVolumeClaim", "max": {"storage": "1Gi"}}),
        5 => {
            json!({"type": "Container", "maxLimitRequestRatio": {"cpu": "2"}, "default": {"cpu": "400m"}, "defaultRequest": {"cpu": "100m"}})
        }
        _ => return None,
    };
    Some(limit_range(namespace, "bounds", &item))
}
