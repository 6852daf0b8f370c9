//! Objects that say where pods may run or which pods are meant, wrong by chance.

use serde_json::{Map, Value, json};

use support::Random;

use crate::objects::{batch, pod, template, workload};

const KEYS: &[&str] = &["app", "zone", "example.com/team", "topology.kubernetes.io/zone"];
const WRONG_KEYS: &[&str] =
    &["", "a b", "x/", "/y", "A_b/x", "-bad", "é", "a/b/c", "<&>", "kubernetes.io/-", "\"q\""];
const LABELS: &[&str] = &["a", "b-c", "", "UP.x", "007"];
const WRONG_LABELS: &[&str] = &["-x", "é", "a b", "x_", "<&>", "\"q\"", "a/b"];
const NAMES: &[&str] = &["team", "a-b", "x1"];
const WRONG_NAMES: &[&str] = &["Team", "a.b", "-a", "", "a_b", "<x>"];
const WEIGHTS: &[i64] = &[1, 50, 100, 1, 50, 100, 0, 101, -1];
const SKEWS: &[i64] = &[1, 2, 1, 2, 1, 0, -1];

/// Mostly one of the first, at times one of the others or one that is too long.
fn one(random: &mut Random, right: &[&'static str], wrong: &[&'static str]) -> String {
    match random.below(40) {
        0 => "x".repeat(64),
        1..4 => random.pick(wrong).to_owned(),
        _ => random.pick(right).to_owned(),
    }
}

fn key(random: &mut Random) -> String {
    one(random, KEYS, WRONG_KEYS)
}

fn label(random: &mut Random) -> String {
    one(random, LABELS, WRONG_LABELS)
}

fn some<T>(random: &mut Random, below: usize, mut make: impl FnMut(&mut Random) -> T) -> Vec<T> {
    (0..random.below(below)).map(|_| make(random)).collect()
}

/// Requirements of a selector, of which `Gt` and `Lt` are for nodes only.
fn requirement(random: &mut Random) -> Value {
    let operator = one(
        random,
        &["In", "NotIn", "Exists", "DoesNotExist", "In", "Exists"],
        &["Gt", "Lt", "Is", "", "in"],
    );
    let needs_values = matches!(operator.as_str(), "In" | "NotIn") ^ random.percent(10);
    let count = if needs_values { 1 + random.below(2) } else { 0 };
    let values: Vec<_> = (0..count).map(|_| label(random)).collect();
    let mut requirement = json!({"key": key(random), "operator": operator});
    if !values.is_empty() || random.percent(20) {
        requirement["values"] = json!(values);
    }
    requirement
}

fn labels(random: &mut Random) -> Value {
    let pairs = some(random, 3, |random| (key(random), json!(label(random))));
    Value::from(pairs.into_iter().collect::<Map<_, _>>())
}

fn selector(random: &mut Random) -> Value {
    let mut selector = json!({});
    if random.percent(60) {
        selector["matchLabels"] = labels(random);
    }
    if random.percent(60) {
        selector["matchExpressions"] = json!(some(random, 3, requirement));
    }
    selector
}

fn node_term(random: &mut Random) -> Value {
    let mut term = json!({});
    if random.percent(80) {
        let mut all = some(random, 3, requirement);
        if random.percent(30) {
            let values = some(random, 3, |random| random.pick(&["1", "20", "many"]));
            all.push(json!({"key": "size", "operator": random.pick(&["Gt", "Lt"]), "values": values}));
        }
        term["matchExpressions"] = json!(all);
    }
    if random.percent(25) {
        let key = one(random, &["metadata.name"], &["metadata.namespace", "", "spec.nodeName"]);
        let operator = one(random, &["In", "NotIn"], &["Exists", "", "Gt"]);
        let values = some(random, 3, |random| one(random, &["node-1", "a.b"], &["Node", "a_b", ""]));
        term["matchFields"] = json!([{"key": key, "operator": operator, "values": values}]);
    }
    term
}

fn node_affinity(random: &mut Random) -> Value {
    let mut affinity = json!({});
    if random.percent(60) {
        let terms = some(random, 3, node_term);
        affinity["requiredDuringSchedulingIgnoredDuringExecution"] = json!({"nodeSelectorTerms": terms});
    }
    if random.percent(50) {
        let terms = some(
            random,
            3,
            |random| json!({"weight": random.pick(WEIGHTS), "preference": node_term(random)}),
        );
        affinity["preferredDuringSchedulingIgnoredDuringExecution"] = json!(terms);
    }
    affinity
}

fn pod_term(random: &mut Random) -> Value {
    let mut term = json!({"topologyKey": key(random)});
    if random.percent(80) {
        term["labelSelector"] = selector(random);
    }
    if random.percent(25) {
        term["namespaceSelector"] = selector(random);
    }
    if random.percent(40) {
        term["namespaces"] = json!(some(random, 3, |random| one(random, NAMES, WRONG_NAMES)));
    }
    for keys in ["matchLabelKeys", "mismatchLabelKeys"] {
        if random.percent(15) {
            term[keys] = json!(some(random, 3, key));
        }
    }
    term
}

fn pod_affinity(random: &mut Random) -> Value {
    let mut affinity = json!({});
    if random.percent(60) {
        affinity["requiredDuringSchedulingIgnoredDuringExecution"] = json!(some(random, 3, pod_term));
    }
    if random.percent(50) {
        let terms = some(
            random,
            3,
            |random| json!({"weight": random.pick(WEIGHTS), "podAffinityTerm": pod_term(random)}),
        );
        affinity["preferredDuringSchedulingIgnoredDuringExecution"] = json!(terms);
    }
    affinity
}

fn spread(random: &mut Random) -> Value {
    let action = one(random, &["DoNotSchedule", "ScheduleAnyway"], &["", "Sometimes"]);
    let mut spread = json!({
        "maxSkew": random.pick(SKEWS), "topologyKey": one(random, &["zone", "host"], &["", "a b"]),
        "whenUnsatisfiable": action,
    });
    if random.percent(70) {
        spread["labelSelector"] = selector(random);
    }
    if random.percent(30) {
        spread["minDomains"] = json!(random.pick(&[1, 2, 5, 0, -1]));
    }
    for policy in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
        if random.percent(20) {
            spread[policy] = json!(one(random, &["Honor", "Ignore"], &["", "Sometimes"]));
        }
    }
    if random.percent(20) {
        spread["matchLabelKeys"] = json!(some(random, 3, key));
    }
    spread
}

fn toleration(random: &mut Random) -> Value {
    let mut toleration =
        json!({"operator": one(random, &["Equal", "Exists", "", "Equal"], &["Gt", "Lt", "Is"])});
    if random.percent(80) {
        toleration["key"] = json!(key(random));
    }
    if random.percent(50) {
        toleration["value"] = json!(label(random));
    }
    if random.percent(60) {
        let effects = &["NoSchedule", "NoExecute", "PreferNoSchedule", ""];
        toleration["effect"] = json!(one(random, effects, &["Never", "noexecute"]));
    }
    if random.percent(20) {
        toleration["tolerationSeconds"] = json!(30);
    }
    toleration
}

fn azure_disk(random: &mut Random) -> Value {
    let managed = "/subscriptions/a/resourcegroups/b/providers/microsoft.compute/disks/c";
    let address = one(random, &[managed, "https://a.blob.core.windows.net/b/c.vhd"], &["", "c.vhd", "<&>"]);
    let mut disk = json!({"diskName": one(random, &["disk"], &[""]), "diskURI": address});
    if random.percent(60) {
        disk["kind"] = json!(one(random, &["Managed", "Shared", "Dedicated"], &["", "managed"]));
    }
    if random.percent(40) {
        disk["cachingMode"] = json!(one(random, &["None", "ReadOnly", "ReadWrite"], &["", "Sometimes"]));
    }
    let name = one(random, &["a", "b", "c"], &["A", "a.b", ""]);
    json!({"name": name, "azureDisk": disk})
}

/// Adds one or two rules of scheduling to the spec of a pod.
fn schedule(random: &mut Random, spec: &mut Value, is_template: bool) {
    for _ in 0..1 + random.below(2) {
        match random.below(9) {
            0 | 1 => spec["affinity"]["nodeAffinity"] = node_affinity(random),
            2 => spec["affinity"]["podAffinity"] = pod_affinity(random),
            3 => spec["affinity"]["podAntiAffinity"] = pod_affinity(random),
            4 | 5 => spec["topologySpreadConstraints"] = json!(some(random, 4, spread)),
            6 => spec["tolerations"] = json!(some(random, 4, toleration)),
            7 => spec["volumes"] = json!(some(random, 3, azure_disk)),
            _ if is_template && random.percent(60) => {
                let classes = ["high", "system-node-critical"];
                spec["priorityClassName"] = json!(one(random, &classes, &["High", "a..b", "<x>"]));
            }
            _ => spec["nodeSelector"] = labels(random),
        }
    }
}

/// An object with selectors, affinity, spreads, tolerations, disks or priorities.
pub fn random(random: &mut Random) -> Value {
    let name = "it";
    match random.below(12) {
        0..4 => {
            let mut pod = pod("", name, &json!({}));
            if random.percent(50) {
                pod["metadata"]["labels"] = json!({"app": "it", "zone": "a"});
            }
            schedule(random, &mut pod["spec"], false);
            pod
        }
        4..8 => {
            let kind = random.pick(&["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"]);
            let mut workload = workload(kind, "", name, 1, template(name, &json!({})));
            schedule(random, &mut workload["spec"]["template"]["spec"], true);
            if random.percent(30) {
                workload["spec"]["selector"] = selector(random);
            }
            workload
        }
        8 => {
            let mut template = template(name, &json!({}));
            template["spec"]["restartPolicy"] = json!("Never");
            schedule(random, &mut template["spec"], true);
            let spec = json!({"template": template});
            match random.percent(50) {
                true => batch("Job", "", name, &spec),
                false => batch(
                    "CronJob",
                    "",
                    name,
                    &json!({"schedule": "0 0 1 1 *", "jobTemplate": {"spec": spec}}),
                ),
            }
        }
        9 => json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": name},
            "spec": {"minAvailable": 1, "selector": selector(random)},
        }),
        10 => {
            let peer = |random: &mut Random| {
                let mut peer = json!({});
                for field in ["podSelector", "namespaceSelector"] {
                    if random.percent(50) {
                        peer[field] = selector(random);
                    }
                }
                if random.percent(10) {
                    peer["ipBlock"] = json!({"cidr": "10.0.0.0/8"});
                }
                peer
            };
            let rules = json!([{"from": some(random, 3, peer)}]);
            json!({
                "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": name},
                "spec": {"podSelector": selector(random), "ingress": rules},
            })
        }
        _ => {
            let name = one(random, &["it", "it", "a.b"], &["system-it", "It", "a_b"]);
            let mut class = json!({
                "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name},
                "value": random.pick(&[0, 500, 1_000_000_000, -5, 1_000_000_001, 2_000_000_000]),
            });
            if random.percent(40) {
                let policies = &["Never", "PreemptLowerPriority"];
                class["preemptionPolicy"] = json!(one(random, policies, &["", "Sometimes"]));
            }
            class
        }
    }
}
