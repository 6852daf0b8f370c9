//! Clusters like those that people drain: workloads with rules, placed as the scheduler would, and some tight.

use serde_json::{Value, json};
use support::Random;

use crate::model::WidePod;
use crate::placement::{Cluster, Facts, StorageFacts};

/// A cluster with cordoned nodes, and what leaves them in which wave, with its replacement.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) cluster: Cluster,
    pub(super) waves: Vec<Vec<(WidePod, WidePod)>>,
}

pub(super) fn scene(random: &mut Random) -> Scene {
    let count = 3 + random.below(6);
    let zones = ["a", "b", "c"];
    let nodes: Vec<Value> = (0..count).map(|number| node(random, number, zones[number % 3])).collect();
    let facts = Facts {
        nodes: nodes.iter().map(|node| serde_json::from_value(node.clone()).unwrap()).collect(),
        namespaces: Some(Vec::new()),
        storage: StorageFacts {
            claims: Some(Vec::new()),
            volumes: Some(Vec::new()),
            classes: Some(Vec::new()),
            csi_nodes: Some(Vec::new()),
            attachments: Some(Vec::new()),
            drivers: Some(Vec::new()),
        },
        device_class_resources: Vec::new(),
    };
    let mut cluster = Cluster::new(facts);
    cluster.ignore_distinguishing_labels();
    let mut placed = Vec::new();
    for app in 0..2 + random.below(6) {
        let template = workload(random, app);
        let numbered = random.percent(20);
        for replica in 0..1 + random.below(5) {
            let mut pod: WidePod = serde_json::from_value(template.clone()).unwrap();
            pod.metadata.slim.name = format!("app{app}-{replica}");
            if numbered {
                let number = ("apps.kubernetes.io/pod-index".to_owned(), replica.to_string());
                pod.metadata.slim.labels.extend([number]);
            }
            let candidate = cluster.candidate(&pod).unwrap();
            let nodes = cluster.fit(&candidate).nodes;
            if !nodes.is_empty() {
                pod.spec.node_name = random.pick(&nodes).to_string();
                cluster.add(&pod).unwrap();
                placed.push(pod);
            } else if random.percent(50) {
                cluster.add(&pod).unwrap();
            }
        }
    }
    let drained = 1 + random.below(2);
    for node in 0..drained {
        cluster.cordon(&format!("n{node}"));
    }
    let is_drained = |pod: &WidePod| (0..drained).any(|node| pod.spec.node_name == format!("n{node}"));
    let mut waves = vec![Vec::new(); 1 + random.below(3)];
    for pod in placed.into_iter().filter(is_drained) {
        let mut new = pod.replacement();
        new.metadata.slim.name.push_str("-new");
        let wave = random.below(waves.len());
        waves[wave].push((pod, new));
    }
    Scene { cluster, waves }
}

fn node(random: &mut Random, number: usize, zone: &str) -> Value {
    let name = format!("n{number}");
    let mut labels = json!({"kubernetes.io/hostname": name, "topology.kubernetes.io/zone": zone});
    if random.percent(40) {
        labels["disk"] = json!(random.pick(&["ssd", "hdd"]));
    }
    let mut taints = Vec::new();
    if random.percent(12) {
        taints.push(json!({"key": "team", "value": "a", "effect": "NoSchedule"}));
    }
    let cpu = random.pick(&["1", "2", "4"]);
    json!({
        "metadata": {"name": name, "labels": labels}, "spec": {"taints": taints},
        "status": {"allocatable": {"cpu": cpu, "memory": random.pick(&["2Gi", "4Gi", "8Gi"]), "pods": random.pick(&["6", "30"])}},
    })
}

fn workload(random: &mut Random, app: usize) -> Value {
    let labels = json!({"app": format!("app{app}")});
    let mine = json!({"matchLabels": labels});
    let topology =
        |random: &mut Random| random.pick(&["kubernetes.io/hostname", "topology.kubernetes.io/zone"]);
    let mut container = json!({"name": "one", "resources": {"requests": {
        "cpu": random.pick(&["100m", "250m", "500m", "900m"]), "memory": random.pick(&["128Mi", "512Mi", "1Gi"]),
    }}});
    if random.percent(8) {
        container["ports"] = json!([{"containerPort": 80, "hostPort": 80}]);
    }
    let mut spec = json!({"containers": [container]});
    if random.percent(20) {
        spec["tolerations"] = json!([{"key": "team", "operator": "Exists"}]);
    }
    if random.percent(10) {
        spec["nodeSelector"] = json!({"disk": random.pick(&["ssd", "hdd"])});
    }
    if random.percent(20) {
        let term = json!({"topologyKey": topology(random), "labelSelector": mine});
        spec["affinity"]["podAntiAffinity"] =
            json!({"requiredDuringSchedulingIgnoredDuringExecution": [term]});
    }
    if random.percent(12) {
        let of = if random.percent(40) { app } else { random.below(app + 1) };
        let other = json!({"matchLabels": {"app": format!("app{of}")}});
        let term = json!({"topologyKey": topology(random), "labelSelector": other});
        spec["affinity"]["podAffinity"] = json!({"requiredDuringSchedulingIgnoredDuringExecution": [term]});
    }
    if random.percent(25) {
        let mut constraint = json!({
            "maxSkew": 1 + random.below(2), "topologyKey": topology(random), "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": mine,
        });
        if random.percent(20) {
            constraint["nodeTaintsPolicy"] = json!("Honor");
        }
        if random.percent(15) {
            constraint["minDomains"] = json!(1 + random.below(4));
        }
        spec["topologySpreadConstraints"] = json!([constraint]);
    }
    json!({"metadata": {"namespace": "shop", "labels": labels}, "spec": spec})
}
