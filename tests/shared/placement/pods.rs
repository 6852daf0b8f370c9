//! Random pods with every rule that keeps a pod from a node.

use cluster::Api;
use serde_json::{Value, json};
use support::Random;

use super::world::{NAMESPACES, path_of};

/// A pod without a place.
pub fn random(random: &mut Random, world: u64, name: &str) -> Value {
    let namespace = random.pick(&NAMESPACES);
    let app = random.pick(&["web", "db", "job"]);
    let mut spec = json!({"containers": [container(random, "one")]});
    if random.percent(20) {
        let mut second = container(random, "two");
        // A pod may ask for a port once.
        second.as_object_mut().unwrap().remove("ports");
        spec["containers"].as_array_mut().unwrap().push(second);
    }
    if random.percent(20) {
        let mut init = container(random, "init");
        init.as_object_mut().unwrap().remove("ports");
        let mut sidecar = container(random, "sidecar");
        sidecar["restartPolicy"] = json!("Always");
        spec["initContainers"] = json!(if random.percent(50) { [sidecar, init] } else { [init, sidecar] });
    }
    if random.percent(10) {
        spec["resources"] = json!({"requests": {"cpu": random.pick(&["700m", "1500m"]), "memory": "1500Mi"}});
        for container in spec["containers"].as_array_mut().unwrap() {
            container["resources"] = json!({});
        }
        spec.as_object_mut().unwrap().remove("initContainers");
    }
    if random.percent(40) {
        spec["tolerations"] = random.pick(&[
            json!([{"operator": "Exists"}]),
            json!([{"key": "team", "value": "a"}]),
            json!([{"key": "team", "operator": "Exists", "effect": "NoSchedule"}]),
            json!([{"key": "node.kubernetes.io/unschedulable", "operator": "Exists"}]),
            json!([{"key": "node.kubernetes.io/not-ready", "operator": "Exists"}, {"key": "team", "operator": "Exists"}]),
        ]);
    }
    if random.percent(15) {
        spec["nodeSelector"] =
            random.pick(&[json!({"disk": "ssd"}), json!({"topology.kubernetes.io/zone": "a"})]);
    }
    let mut affinity = json!({});
    if random.percent(20) {
        affinity["nodeAffinity"] = node_affinity(random, world);
    }
    if random.percent(20) {
        affinity["podAffinity"] = pod_affinity(random);
    }
    if random.percent(25) {
        affinity["podAntiAffinity"] = pod_affinity(random);
    }
    spec["affinity"] = affinity;
    if random.percent(30) {
        let count = 1 + random.below(2);
        let mut constraints: Vec<_> = (0..count).map(|_| spread(random)).collect();
        constraints.dedup_by_key(|constraint| constraint["topologyKey"].clone());
        spec["topologySpreadConstraints"] = json!(constraints);
    }
    let mut labels = json!({"app": app});
    if random.percent(60) {
        labels["revision"] = json!(random.pick(&["1", "2"]));
    }
    if random.percent(50) {
        labels["version"] = json!(random.pick(&["1", "2"]));
    }
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": labels},
        "spec": spec,
    })
}

/// Puts a pod on a node, whether it fits or not; it may have ended, or be on its way out.
pub fn place(api: &Api, random: &mut Random, world: u64, name: &str, node: &str) {
    let mut pod = self::random(random, world, name);
    pod["spec"]["nodeName"] = json!(node);
    if random.percent(40) {
        pod["spec"]["priorityClassName"] = json!(random.pick(&["high", "polite"]));
    }
    let leaves = random.percent(12);
    if leaves {
        pod["metadata"]["finalizers"] = json!(["example.com/stays"]);
    }
    let path = path_of(&api.create(&pod).unwrap());
    if random.percent(8) {
        api.merge_patch(&format!("{path}/status"), &json!({"status": {"phase": "Succeeded"}})).unwrap();
    } else if leaves {
        api.delete(&format!("{path}?gracePeriodSeconds=0")).unwrap();
    } else if random.percent(15) {
        resize(api, random, &pod, &path);
    }
}

/// Reports resources in effect that differ from those wanted, as a kubelet that resizes in place does.
fn resize(api: &Api, random: &mut Random, pod: &Value, path: &str) {
    let statuses: Vec<_> = (pod["spec"]["containers"].as_array().unwrap().iter())
        .map(|container| {
            json!({
                "name": container["name"], "image": "app", "imageID": "", "ready": true, "restartCount": 0,
                "allocatedResources": {"cpu": random.pick(&["100m", "800m"])},
                "resources": {"requests": {"cpu": random.pick(&["200m", "600m"]), "memory": "300Mi"}},
            })
        })
        .collect();
    let mut status = json!({"phase": "Running", "containerStatuses": statuses});
    if random.percent(30) {
        status["conditions"] =
            json!([{"type": "PodResizePending", "status": "True", "reason": "Infeasible"}]);
    }
    api.merge_patch(&format!("{path}/status"), &json!({"status": status})).unwrap();
}

fn container(random: &mut Random, name: &str) -> Value {
    let mut requests = json!({});
    if random.percent(80) {
        requests["cpu"] = json!(random.pick(&["0", "50m", "100m", "300m", "900m"]));
    }
    if random.percent(60) {
        requests["memory"] = json!(random.pick(&["64Mi", "300Mi", "900Mi"]));
    }
    if random.percent(10) {
        requests["ephemeral-storage"] = json!(random.pick(&["1Gi", "3Gi"]));
    }
    let mut limits = json!({});
    if random.percent(8) {
        requests["example.com/gpu"] = json!("1");
        limits["example.com/gpu"] = json!("1");
    }
    if random.percent(5) {
        limits["hugepages-2Mi"] = json!("32Mi");
        requests["hugepages-2Mi"] = json!("32Mi");
        requests["cpu"] = json!("50m");
    }
    let mut container =
        json!({"name": name, "image": "app", "resources": {"requests": requests, "limits": limits}});
    if random.percent(12) {
        let mut port = json!({"containerPort": 8080, "hostPort": random.pick(&[8080, 8081])});
        if random.percent(40) {
            port["hostIP"] = json!(random.pick(&["10.0.0.1", "10.0.0.2", "0.0.0.0"]));
        }
        if random.percent(20) {
            port["protocol"] = json!("UDP");
        }
        container["ports"] = json!([port]);
    }
    container
}

fn node_affinity(random: &mut Random, world: u64) -> Value {
    let requirement = |random: &mut Random| {
        random.pick(&[
            json!({"key": "disk", "operator": "In", "values": ["ssd"]}),
            json!({"key": "disk", "operator": "NotIn", "values": ["ssd"]}),
            json!({"key": "disk", "operator": "Exists"}),
            json!({"key": "size", "operator": "Gt", "values": ["4"]}),
            json!({"key": "size", "operator": "Lt", "values": ["6"]}),
            json!({"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["a", "b"]}),
            json!({"key": "topology.kubernetes.io/zone", "operator": "DoesNotExist"}),
        ])
    };
    let mut terms = Vec::new();
    for _ in 0..=random.below(2) {
        let mut term = json!({});
        if random.percent(80) {
            term["matchExpressions"] = json!([requirement(random)]);
        }
        if random.percent(20) {
            let operator = random.pick(&["In", "NotIn"]);
            let name = format!("w{world}-n{}", random.below(3));
            term["matchFields"] = json!([{"key": "metadata.name", "operator": operator, "values": [name]}]);
        }
        terms.push(term);
    }
    json!({"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}})
}

fn selector(random: &mut Random) -> Value {
    random.pick(&[
        json!({"matchLabels": {"app": "web"}}),
        json!({"matchLabels": {"app": "db"}}),
        json!({"matchLabels": {"app": "job"}}),
        json!({"matchExpressions": [{"key": "app", "operator": "In", "values": ["web", "db"]}]}),
        json!({"matchExpressions": [{"key": "version", "operator": "DoesNotExist"}]}),
        json!({"matchExpressions": [{"key": "version", "operator": "NotIn", "values": ["1"]}]}),
        json!({}),
    ])
}

fn topology(random: &mut Random) -> &'static str {
    random.pick(&[
        "kubernetes.io/hostname",
        "topology.kubernetes.io/zone",
        "topology.kubernetes.io/zone",
        "disk",
    ])
}

fn pod_affinity(random: &mut Random) -> Value {
    let mut terms = Vec::new();
    for _ in 0..=random.below(2) {
        let mut term = json!({"topologyKey": topology(random)});
        if random.percent(95) {
            term["labelSelector"] = selector(random);
        }
        if random.percent(15) {
            term["namespaces"] = json!([random.pick(&NAMESPACES)]);
        }
        if random.percent(20) {
            term["namespaceSelector"] = random.pick(&[json!({}), json!({"matchLabels": {"team": "a"}})]);
        }
        if random.percent(15) && !term["labelSelector"].is_null() {
            term[random.pick(&["matchLabelKeys", "mismatchLabelKeys"])] = json!(["revision"]);
        }
        terms.push(term);
    }
    json!({"requiredDuringSchedulingIgnoredDuringExecution": terms})
}

fn spread(random: &mut Random) -> Value {
    let when = if random.percent(85) { "DoNotSchedule" } else { "ScheduleAnyway" };
    let mut constraint =
        json!({"maxSkew": 1 + random.below(2), "topologyKey": topology(random), "whenUnsatisfiable": when});
    if random.percent(95) {
        constraint["labelSelector"] = selector(random);
    }
    if random.percent(20) && when == "DoNotSchedule" {
        constraint["minDomains"] = json!(1 + random.below(4));
    }
    if random.percent(25) {
        constraint["nodeAffinityPolicy"] = json!(random.pick(&["Honor", "Ignore"]));
    }
    if random.percent(40) {
        constraint["nodeTaintsPolicy"] = json!(random.pick(&["Honor", "Ignore"]));
    }
    if random.percent(20) && !constraint["labelSelector"].is_null() {
        constraint["matchLabelKeys"] = json!(["revision"]);
    }
    constraint
}
