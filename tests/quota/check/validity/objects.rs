//! Quotas and LimitRanges, wrong on purpose or by chance.

use serde_json::{Map, Value, json};

use support::Random;

fn object(kind: &str, spec: Value) -> Value {
    json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": "it"}, "spec": spec})
}

/// Every rule broken once, at least.
pub fn table() -> Vec<Value> {
    let quota = |spec: Value| object("ResourceQuota", spec);
    let selector = |hard: &str, expressions: Value| {
        quota(json!({"hard": {hard: "1"}, "scopeSelector": {"matchExpressions": expressions}}))
    };
    let range = |limits: Value| object("LimitRange", json!({"limits": limits}));
    let container = |mut item: Value| {
        item["type"] = json!("Container");
        range(json!([item]))
    };
    let long = "x".repeat(64);
    vec![
        quota(json!({"hard": {"pod": "1"}})),
        quota(json!({"hard": {"storage": "1Gi"}})),
        quota(json!({"hard": {"limits.storage": "1Gi"}})),
        quota(json!({"hard": {"a b": "1"}})),
        quota(json!({"hard": {"": "1"}})),
        quota(json!({"hard": {(long.as_str()): "1"}})),
        quota(json!({"hard": {"/x": "1"}})),
        quota(json!({"hard": {"x/": "1"}})),
        quota(json!({"hard": {"A_b/x": "1"}})),
        quota(json!({"hard": {"a/b/c": "1"}})),
        quota(json!({"hard": {"<&>": "1"}})),
        quota(json!({"hard": {"é": "1"}})),
        quota(json!({"hard": {(format!("{}/x", "a".repeat(254))): "1"}})),
        quota(json!({"hard": {"pods": "1500m"}})),
        quota(json!({"hard": {"services.nodeports": 0.5}})),
        quota(json!({"hard": {"example.com/widget": "1500m"}})),
        quota(json!({"hard": {"cpu": "-1"}})),
        quota(json!({"hard": {"pods": "-1500m"}})),
        quota(json!({"hard": {"requests.cpu": "-0.0001", "limits.memory": "-1.5Gi"}})),
        quota(json!({"hard": {"requests.cpu": "many"}})),
        quota(json!({"hard": {"requests.cpu": ""}})),
        quota(json!({"hard": {"pods": "1"}, "scopes": ["Sometimes"]})),
        quota(json!({"hard": {"services": "1"}, "scopes": ["BestEffort"]})),
        quota(json!({"hard": {"cpu": "1"}, "scopes": ["BestEffort"]})),
        quota(json!({"hard": {"requests.ephemeral-storage": "1"}, "scopes": ["NotBestEffort"]})),
        quota(json!({"hard": {"secrets": "1", "configmaps": "1"}, "scopes": ["Terminating"]})),
        quota(json!({"hard": {"hugepages-2Mi": "2Mi"}, "scopes": ["NotTerminating"]})),
        quota(json!({"hard": {"pods": "1"}, "scopes": ["VolumeAttributesClass"]})),
        quota(json!({"hard": {"persistentvolumeclaims": "1"}, "scopes": ["PriorityClass"]})),
        quota(json!({"hard": {"persistentvolumeclaims": "1"}, "scopes": ["CrossNamespacePodAffinity"]})),
        quota(json!({"hard": {"pods": "1"}, "scopes": ["BestEffort", "NotBestEffort"]})),
        quota(json!({"hard": {"pods": "1"}, "scopes": ["Terminating", "NotTerminating"]})),
        selector("pods", json!([{"scopeName": "Sometimes", "operator": "Exists"}])),
        selector(
            "services",
            json!([{"scopeName": "PriorityClass", "operator": "In", "values": ["high", "<low>"]}]),
        ),
        selector("services", json!([{"scopeName": "PriorityClass", "operator": "Exists"}])),
        selector("pods", json!([{"scopeName": "BestEffort", "operator": "In", "values": ["a"]}])),
        selector("pods", json!([{"scopeName": "Terminating", "operator": "DoesNotExist"}])),
        selector(
            "pods",
            json!([{"scopeName": "CrossNamespacePodAffinity", "operator": "NotIn", "values": ["a"]}]),
        ),
        selector("pods", json!([{"scopeName": "PriorityClass", "operator": "In"}])),
        selector("pods", json!([{"scopeName": "PriorityClass", "operator": "NotIn", "values": []}])),
        selector("pods", json!([{"scopeName": "PriorityClass", "operator": "Exists", "values": ["a"]}])),
        selector(
            "pods",
            json!([{"scopeName": "PriorityClass", "operator": "DoesNotExist", "values": ["a", "b"]}]),
        ),
        selector("pods", json!([{"scopeName": "PriorityClass", "operator": "Is", "values": ["a"]}])),
        selector("pods", json!([{"scopeName": "PriorityClass"}])),
        selector("pods", json!([{}])),
        selector(
            "pods",
            json!([
                {"scopeName": "BestEffort", "operator": "Exists"}, {"scopeName": "NotBestEffort", "operator": "Exists"},
            ]),
        ),
        quota(json!({
            "hard": {"pods": "1"}, "scopes": ["Terminating"],
            "scopeSelector": {"matchExpressions": [
                {"scopeName": "Terminating", "operator": "Exists"}, {"scopeName": "NotTerminating", "operator": "Exists"},
            ]},
        })),
        range(json!([{}])),
        range(json!([{"type": "Node"}])),
        range(json!([{"type": "a b"}])),
        range(json!([{"type": "Container"}, {"type": "Container"}])),
        range(json!([{"type": "example.com/x", "max": {"pod": "1"}}])),
        range(json!([{"type": "Pod", "default": {"cpu": "1"}, "defaultRequest": {"cpu": "2"}}])),
        range(json!([{"type": "Pod", "max": {"pods": "1"}}])),
        range(json!([{"type": "PersistentVolumeClaim"}])),
        range(json!([{"type": "PersistentVolumeClaim", "default": {"storage": "1Gi"}}])),
        range(
            json!([{"type": "PersistentVolumeClaim", "min": {"storage": "2Gi"}, "max": {"storage": "1Gi"}}]),
        ),
        container(json!({"max": {"storage": "1Gi"}})),
        container(json!({"min": {"requests.cpu": "1"}})),
        container(json!({"default": {"gpu": "1"}})),
        container(json!({"defaultRequest": {"requests.example.com/gpu": "1"}})),
        container(
            json!({"max": {(format!("example.com/{}", "x".repeat(60))): "1", (format!("{}/x", "a".repeat(250))): "1"}}),
        ),
        container(json!({"min": {"cpu": "2"}, "max": {"cpu": "1"}})),
        container(json!({"min": {"cpu": "2"}, "default": {"cpu": "1"}})),
        container(json!({"min": {"cpu": "2"}, "defaultRequest": {"cpu": "1"}})),
        container(json!({"max": {"memory": "1Gi"}, "defaultRequest": {"memory": "1.5Gi"}})),
        container(json!({"max": {"memory": "1Gi"}, "default": {"memory": "2G"}})),
        container(json!({"default": {"cpu": "500m"}, "defaultRequest": {"cpu": "0.7"}})),
        container(json!({"maxLimitRequestRatio": {"cpu": "0.5"}})),
        container(json!({"maxLimitRequestRatio": {"cpu": "3"}, "min": {"cpu": "500m"}, "max": {"cpu": "1"}})),
        container(
            json!({"maxLimitRequestRatio": {"memory": "4"}, "min": {"memory": "300Mi"}, "max": {"memory": "1Gi"}}),
        ),
        container(json!({"maxLimitRequestRatio": {"cpu": "3"}, "min": {"cpu": "0"}, "max": {"cpu": "-1"}})),
        container(json!({"default": {"example.com/gpu": "2"}, "defaultRequest": {"example.com/gpu": "1"}})),
        container(json!({"default": {"hugepages-2Mi": "2Mi"}, "defaultRequest": {"hugepages-2Mi": "4Mi"}})),
        container(json!({"max": {"cpu": "lots"}})),
    ]
}

const NAMES: &[&str] = &[
    "cpu",
    "memory",
    "requests.cpu",
    "limits.memory",
    "requests.storage",
    "ephemeral-storage",
    "pods",
    "services",
    "persistentvolumeclaims",
    "count/deployments.apps",
    "example.com/gpu",
    "requests.example.com/gpu",
    "hugepages-2Mi",
    "storage",
    "pod",
    "kubernetes.io/x",
    "a b",
    "x/",
    "gold.storageclass.storage.k8s.io/requests.storage",
];
const AMOUNTS: &[&str] = &[
    "0",
    "1",
    "2",
    "10",
    "500m",
    "1500m",
    "0.5",
    "1.5",
    "100Mi",
    "1Gi",
    "1.1Gi",
    "1G",
    "1e3",
    "2.5e-1",
    "-1",
    "1.0001",
    "123456789123456789",
    "9223372036854775807",
    "1Ei",
    "+3",
    "007",
    "3k",
    "1u",
];
const SCOPES: &[&str] = &[
    "Terminating",
    "NotTerminating",
    "BestEffort",
    "NotBestEffort",
    "PriorityClass",
    "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
    "Sometimes",
];
const OPERATORS: &[&str] = &["In", "NotIn", "Exists", "Exists", "DoesNotExist", "Is"];
const TYPES: &[&str] =
    &["Container", "Container", "Container", "Pod", "PersistentVolumeClaim", "example.com/x", "Node"];
const COMPUTE: &[&str] =
    &["cpu", "memory", "cpu", "memory", "storage", "example.com/gpu", "hugepages-2Mi", "pods"];

/// Some amounts, of names that are right mostly.
fn amounts(random: &mut Random, names: &[&'static str], most: usize) -> Value {
    let pairs = (0..random.below(most + 1)).map(|_| {
        let (name, amount) = (random.pick(names), random.pick(AMOUNTS));
        let number = amount.parse::<i64>().ok().filter(|_| random.percent(20));
        (name.to_owned(), number.map_or_else(|| json!(amount), |number| json!(number)))
    });
    Value::from(pairs.collect::<Map<_, _>>())
}

/// A quota or a LimitRange.
pub fn random(random: &mut Random) -> Value {
    if random.percent(50) { quota(random) } else { range(random) }
}

fn quota(random: &mut Random) -> Value {
    let names = if random.percent(60) { &["pods", "requests.cpu", "limits.memory"] } else { NAMES };
    let mut spec = json!({"hard": amounts(random, names, 3)});
    if random.percent(40) {
        let scopes: Vec<_> = (0..1 + random.below(2)).map(|_| random.pick(SCOPES)).collect();
        spec["scopes"] = json!(scopes);
    }
    if random.percent(40) {
        let one = |random: &mut Random| {
            let values: Vec<_> =
                (0..random.below(3)).map(|_| random.pick(&["high", "low", "\"&\""])).collect();
            json!({"scopeName": random.pick(SCOPES), "operator": random.pick(OPERATORS), "values": values})
        };
        let all: Vec<_> = (0..random.below(3)).map(|_| one(random)).collect();
        spec["scopeSelector"] = json!({"matchExpressions": all});
    }
    object("ResourceQuota", spec)
}

fn range(random: &mut Random) -> Value {
    let item = |random: &mut Random| {
        let mut item = json!({"type": random.pick(TYPES)});
        for field in ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] {
            if random.percent(30) {
                item[field] = amounts(random, COMPUTE, 2);
            }
        }
        item
    };
    let items: Vec<_> = (0..random.below(3)).map(|_| item(random)).collect();
    object("LimitRange", json!({"limits": items}))
}
