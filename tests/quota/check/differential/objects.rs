//! Random objects to be created.

use serde_json::{Map, Value, json};

use support::Random;

use super::values::{BYTES, GPU, PRIORITIES, amount};

/// An object that is to be created in a namespace.
pub fn object(random: &mut Random, namespace: &str) -> Value {
    let (version, kind, body) = match random.below(100) {
        0..62 => ("v1", "Pod", json!({"spec": pod(random)})),
        62..74 => ("v1", "Service", json!({"spec": service(random)})),
        74..86 => ("v1", "PersistentVolumeClaim", claim(random)),
        86..89 => ("v1", "ConfigMap", json!({"data": {"a": "b"}})),
        89..92 => ("v1", "Secret", json!({})),
        92..96 => {
            let labels = json!({"app": "web"});
            let mut spec = pod(random);
            if let Some(spec) = spec.as_object_mut() {
                spec.remove("activeDeadlineSeconds");
            }
            let template = json!({"metadata": {"labels": labels}, "spec": spec});
            // Without replicas nothing is made, and only the Deployment itself is judged.
            (
                "apps/v1",
                "Deployment",
                json!({"spec": {"replicas": 0, "selector": {"matchLabels": labels}, "template": template}}),
            )
        }
        _ => (
            "resource.k8s.io/v1",
            "ResourceClaim",
            json!({"spec": {"devices": {"requests": devices(random)}}}),
        ),
    };
    let mut object = body;
    object["apiVersion"] = Value::from(version);
    object["kind"] = Value::from(kind);
    object["metadata"]["namespace"] = Value::from(namespace);
    if random.percent(6) {
        mistype(random, &mut object);
    }
    match random.percent(8) {
        true => object["metadata"]["generateName"] = Value::from("made-up-"),
        false => object["metadata"]["name"] = Value::from("new"),
    }
    object
}

/// Writes something wrong: a field that the server does not know, a value of another type, or one that an enumeration
/// does not have.
fn mistype(random: &mut Random, object: &mut Value) {
    let (path, field) = match object["kind"].as_str() {
        Some("Pod") => random.pick(&[
            ("/spec", "contianers"),
            ("/spec", "activeDeadlineSeconds"),
            ("/spec", "restartPolicy"),
            ("/spec", "dnsPolicy"),
            ("/spec", "tolerations"),
            ("/spec/containers/0", "resource"),
            ("/spec/containers/0", "args"),
            ("/spec/containers/0", "imagePullPolicy"),
            ("/spec/containers/0", "terminationMessagePolicy"),
            ("/spec/containers/0", "restartPolicy"),
            ("/spec/containers/0", "volumeMounts"),
            ("/spec/containers/0/resources", "request"),
            ("/spec/initContainers/0", "restartPolicy"),
        ]),
        Some("Service") => random.pick(&[
            ("/spec", "port"),
            ("/spec", "ports"),
            ("/spec", "type"),
            ("/spec", "sessionAffinity"),
            ("/spec", "externalTrafficPolicy"),
            ("/spec", "ipFamilyPolicy"),
            ("/spec/ports/0", "port"),
            ("/spec/ports/0", "protocol"),
        ]),
        Some("PersistentVolumeClaim") => {
            random.pick(&[("/spec", "size"), ("/spec", "accessModes"), ("/spec", "volumeMode")])
        }
        Some("Deployment") => random.pick(&[
            ("/spec", "replicas"),
            ("/spec", "strategy"),
            ("/spec", "template"),
            ("/spec/template/spec", "restartPolicy"),
            ("/spec/template/spec/containers/0", "imagePullPolicy"),
            ("/spec/template/spec/containers/0/resources", "limit"),
        ]),
        Some("ResourceClaim") => {
            random.pick(&[("/metadata", "label"), ("/spec/devices/requests/0/exactly", "allocationMode")])
        }
        _ => ("/metadata", "label"),
    };
    let value = random.pick(&[
        "\"3\"",
        "\"3\"",
        "\"Sometimes\"",
        "3.5",
        "true",
        "{}",
        "[1]",
        "[\"3\"]",
        "{\"type\": \"3\"}",
        "[{\"operator\": \"3\"}]",
        "[{\"name\": \"3\"}]",
    ]);
    if let Some(Value::Object(parent)) = object.pointer_mut(path) {
        parent.insert(field.to_owned(), serde_json::from_str(value).expect("JSON"));
    }
}

/// The spec of a pod of any shape.
pub fn pod(random: &mut Random) -> Value {
    let resources: &[&str] = match random.below(4) {
        0 => &["cpu", "memory", "ephemeral-storage", "hugepages-2Mi", GPU],
        _ => &["cpu", "memory"],
    };
    // Pods of which every container says everything pass the rule that they must.
    let thorough = random.percent(55);
    let mut containers = Vec::new();
    for index in 0..1 + random.below(3) {
        containers.push(container(random, &format!("app-{index}"), resources, thorough));
    }
    let mut spec = json!({"containers": containers});
    if random.percent(35) {
        let mut init = Vec::new();
        for index in 0..1 + random.below(2) {
            let mut one = container(random, &format!("init-{index}"), resources, thorough);
            if random.percent(50) {
                one["restartPolicy"] = Value::from("Always");
            }
            init.push(one);
        }
        spec["initContainers"] = Value::from(init);
    }
    if random.percent(14) {
        let resources: &[&str] =
            if random.percent(10) { &["cpu", GPU] } else { &["cpu", "memory", "hugepages-2Mi"] };
        spec["resources"] = requirements(random, resources, false);
        // Small sums under large totals, so that some are valid.
        if random.percent(60) {
            for list in ["requests", "limits"] {
                for (name, large) in [("cpu", "20"), ("memory", "20Gi"), ("hugepages-2Mi", "64Mi")] {
                    if !spec["resources"][list][name].is_null() {
                        spec["resources"][list][name] = Value::from(large);
                    }
                }
            }
        }
        if random.percent(10) {
            spec["resources"] = json!({});
        }
    }
    if random.percent(20) {
        spec["activeDeadlineSeconds"] = Value::from(60);
    }
    if random.percent(30) {
        spec["priorityClassName"] = Value::from(random.pick(PRIORITIES));
    } else if random.percent(3) {
        spec["priorityClassName"] = Value::from("missing");
    }
    if random.percent(12) {
        spec["runtimeClassName"] = Value::from(random.pick(&["heavy", "heavy", "light", "missing"]));
    }
    if random.percent(2) {
        spec["overhead"] = json!({"cpu": "50m", "memory": "64Mi"});
    }
    if random.percent(15) {
        spec["affinity"] = affinity(random);
    }
    spec
}

fn container(random: &mut Random, name: &str, resources: &[&str], thorough: bool) -> Value {
    json!({"name": name, "image": "app", "resources": requirements(random, resources, thorough)})
}

fn requirements(random: &mut Random, resources: &[&str], thorough: bool) -> Value {
    let (mut requests, mut limits) = (Map::new(), Map::new());
    for resource in resources {
        let amount = amount(random, resource);
        let fits_all = matches!(*resource, "cpu" | "memory");
        let shape = if thorough && fits_all { 3 + random.below(3) } else { random.below(8) };
        match shape {
            0 => drop(requests.insert((*resource).to_owned(), Value::from(amount))),
            1 | 3 => drop(limits.insert((*resource).to_owned(), Value::from(amount))),
            2 => {
                requests.insert((*resource).to_owned(), Value::from(amount));
                limits.insert((*resource).to_owned(), Value::from(super::values::amount(random, resource)));
            }
            4 | 5 => {
                requests.insert((*resource).to_owned(), Value::from(amount));
                limits.insert((*resource).to_owned(), Value::from(larger(resource, amount)));
            }
            _ => {}
        }
    }
    let mut both = Map::new();
    for (name, list) in [("requests", requests), ("limits", limits)] {
        if !list.is_empty() {
            both.insert(name.to_owned(), Value::from(list));
        }
    }
    Value::from(both)
}

/// A limit that goes with any request of this resource.
fn larger(resource: &str, amount: &'static str) -> &'static str {
    match resource {
        "cpu" => "3",
        "memory" | "ephemeral-storage" => "2Gi",
        _ => amount,
    }
}

fn affinity(random: &mut Random) -> Value {
    let mut term = json!({"topologyKey": "zone", "labelSelector": {"matchLabels": {"a": "b"}}});
    match random.below(4) {
        0 => term["namespaces"] = json!(["default"]),
        1 => term["namespaceSelector"] = json!({}),
        2 => term["namespaceSelector"] = json!({"matchLabels": {"team": "a"}}),
        _ => {}
    }
    let side = random.pick(&["podAffinity", "podAntiAffinity"]);
    let terms = match random.percent(50) {
        true => json!({"requiredDuringSchedulingIgnoredDuringExecution": [term]}),
        false => {
            json!({"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "podAffinityTerm": term}]})
        }
    };
    let mut affinity = Map::new();
    affinity.insert(side.to_owned(), terms);
    Value::from(affinity)
}

/// The spec of a service of any type.
pub fn service(random: &mut Random) -> Value {
    let ports = 1 + random.below(4);
    let ports: Vec<_> = (0..ports)
        .map(|index| json!({"name": format!("p{index}"), "port": 80 + index, "targetPort": 80}))
        .collect();
    let mut spec = json!({"selector": {"a": "b"}, "ports": ports});
    match random.below(6) {
        0 => {}
        1 | 2 => spec["type"] = Value::from("NodePort"),
        3 => spec["type"] = Value::from("LoadBalancer"),
        4 => {
            spec["type"] = Value::from("LoadBalancer");
            spec["allocateLoadBalancerNodePorts"] = Value::from(false);
            if random.percent(50) {
                // The server gives out others by itself as long as it can.
                spec["ports"][0]["nodePort"] = Value::from(30_000 + random.below(80));
            }
        }
        _ => {
            spec["type"] = Value::from("ExternalName");
            spec["externalName"] = Value::from("example.com");
        }
    }
    spec
}

/// A claim of a volume.
pub fn claim(random: &mut Random) -> Value {
    let storage = if random.percent(4) { "0" } else { random.pick(&BYTES[1..]) };
    let mut claim =
        json!({"spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": storage}}}});
    match random.below(6) {
        0 | 1 => {}
        2 => claim["spec"]["storageClassName"] = Value::from(""),
        3 => claim["spec"]["storageClassName"] = Value::from("gold"),
        4 => claim["spec"]["storageClassName"] = Value::from("silver"),
        _ => {
            claim["metadata"]["annotations"]["volume.beta.kubernetes.io/storage-class"] = Value::from("gold")
        }
    }
    if random.percent(25) {
        claim["spec"]["volumeAttributesClassName"] = Value::from(random.pick(&["quick", "slow"]));
    }
    claim
}

fn devices(random: &mut Random) -> Value {
    let exactly = |random: &mut Random| match random.below(3) {
        0 => json!({"deviceClassName": "fast"}),
        1 => {
            json!({"deviceClassName": random.pick(&["fast", "slow", "served", "served"]), "allocationMode": "ExactCount", "count": 1 + random.below(4)})
        }
        _ => json!({"deviceClassName": random.pick(&["fast", "served"]), "allocationMode": "All"}),
    };
    let mut requests = Vec::new();
    for index in 0..1 + random.below(2) {
        let mut request = json!({"name": format!("r{index}")});
        if random.percent(70) {
            request["exactly"] = exactly(random);
        } else {
            let mut alternatives = Vec::new();
            for index in 0..1 + random.below(3) {
                let mut one = exactly(random);
                one["name"] = Value::from(format!("a{index}"));
                alternatives.push(one);
            }
            request["firstAvailable"] = Value::from(alternatives);
        }
        requests.push(request);
    }
    Value::from(requests)
}
