//! Random clusters: nodes, workloads with every rule of the scheduler, budgets of every kind, quotas.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::Random;

use crate::plan::stage::{deployment, merge};

/// What a cluster is made of.
#[derive(Clone, Debug)]
pub struct RandomCluster {
    pub nodes: Vec<NodeSpec>,
    pub names: Vec<String>,
    pub classes: Vec<Value>,
    pub workloads: Vec<Value>,
    pub budgets: Vec<Value>,
    pub quota: Option<Value>,
    /// The nodes that are drained.
    pub drained: Vec<String>,
}

impl RandomCluster {
    /// Makes one up.
    pub fn new(random: &mut Random) -> Self {
        let count = 3 + random.below(4);
        let zones = ["a", "b", "c"];
        // A third of the clusters are full, with pods that wait already, and the others have room, as most have.
        let (cores, memory, pods) = match random.percent(33) {
            true => (["1", "2", "3", "4"], ["2Gi", "4Gi", "8Gi"], ["4", "8", "110"]),
            false => (["4", "6", "8", "16"], ["8Gi", "16Gi", "32Gi"], ["12", "110", "110"]),
        };
        let names: Vec<_> = (1..=count).map(|number| format!("n{number}")).collect();
        let nodes = names.iter().enumerate().map(|(index, name)| {
            let mut node = NodeSpec::new(name)
                .zone(zones[index % zones.len()])
                .capacity("cpu", random.pick(&cores))
                .capacity("memory", random.pick(&memory))
                .capacity("pods", random.pick(&pods));
            if random.percent(15) && index > 0 {
                node = node.taint("dedicated", "yes", random.pick(&["NoSchedule", "PreferNoSchedule"]));
            }
            if random.percent(20) {
                node = node.label("disk", "ssd");
            }
            node
        });
        let nodes = nodes.collect();
        let with_classes = random.percent(30);
        let classes = if with_classes { vec![class("low", -10), class("high", 1000)] } else { Vec::new() };
        let (mut workloads, mut budgets) = (Vec::new(), Vec::new());
        for number in 0..2 + random.below(4) {
            let name = format!("w{number}");
            workloads.push(workload(random, &name, with_classes));
            if random.percent(60) {
                budgets.push(budget(random, &name, &name));
            }
            if random.percent(6) {
                budgets.push(budget(random, &format!("{name}-more"), &name));
            }
        }
        let quota = random.percent(12).then(|| {
            let hard = match random.percent(50) {
                true => json!({"pods": (6 + random.below(12)).to_string()}),
                false => json!({"count/pods": (6 + random.below(12)).to_string()}),
            };
            json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "quota"}, "spec": {"hard": hard}})
        });
        let mut drained = names.clone();
        random.shuffle(&mut drained);
        drained.truncate(1 + random.below(2));
        Self { nodes, names, classes, workloads, budgets, quota, drained }
    }

    /// Returns the objects as they would be applied.
    pub fn to_yaml(&self) -> String {
        let nodes = self.nodes.iter().map(NodeSpec::to_json);
        let others = self.classes.iter().chain(&self.quota).chain(&self.workloads).chain(&self.budgets);
        let documents = nodes.chain(others.cloned()).map(|one| serde_yaml::to_string(&one).expect("YAML"));
        format!("# drained: {}\n{}", self.drained.join(" "), documents.collect::<Vec<_>>().join("---\n"))
    }
}

fn class(name: &str, value: i32) -> Value {
    json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}, "value": value})
}

fn workload(random: &mut Random, name: &str, with_classes: bool) -> Value {
    let mut requests = json!({"cpu": random.pick(&["50m", "200m", "400m", "700m", "1"])});
    if random.percent(50) {
        requests["memory"] = json!(random.pick(&["64Mi", "512Mi", "1Gi"]));
    }
    let mut spec = json!({
        "terminationGracePeriodSeconds": 1,
        "containers": [{"name": "app", "image": "app", "resources": {"requests": requests}}],
    });
    if random.percent(15) {
        let policy = if random.percent(50) { json!("Always") } else { Value::Null };
        spec["initContainers"] = json!([{
            "name": "init", "image": "app", "resources": {"requests": {"cpu": random.pick(&["100m", "900m"])}},
        }]);
        if policy.is_string() {
            spec["initContainers"][0]["restartPolicy"] = policy;
        }
    }
    let term = json!({"labelSelector": {"matchLabels": {"app": name}}});
    let topology = random.pick(&["kubernetes.io/hostname", "topology.kubernetes.io/zone"]);
    match random.below(10) {
        0 => spec["nodeSelector"] = json!({"topology.kubernetes.io/zone": random.pick(&["a", "b", "c"])}),
        1 => {
            let values = json!([random.pick(&["a", "b"]), "c"]);
            let expression =
                json!({"key": "topology.kubernetes.io/zone", "operator": "In", "values": values});
            merge(
                &mut spec,
                json!({"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution":
                {"nodeSelectorTerms": [{"matchExpressions": [expression]}]}}}}),
            );
        }
        2 | 3 => {
            let mut term = term;
            term["topologyKey"] = json!(topology);
            merge(
                &mut spec,
                json!({"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}}),
            );
        }
        4 => {
            // Away from, or towards, the first workload.
            let kind = random.pick(&["podAntiAffinity", "podAffinity"]);
            let mut term = json!({"labelSelector": {"matchLabels": {"app": "w0"}}});
            term["topologyKey"] = json!(topology);
            merge(
                &mut spec,
                json!({"affinity": {kind: {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}}),
            );
        }
        5 | 6 => {
            let mut constraint = term;
            merge(
                &mut constraint,
                json!({
                    "maxSkew": 1 + random.below(2), "topologyKey": topology, "whenUnsatisfiable": "DoNotSchedule",
                }),
            );
            if random.percent(40) {
                constraint["nodeTaintsPolicy"] = json!("Honor");
            }
            if random.percent(20) {
                constraint["minDomains"] = json!(1 + random.below(3));
            }
            spec["topologySpreadConstraints"] = json!([constraint]);
        }
        7 => {
            spec["containers"][0]["ports"] =
                json!([{"containerPort": 80, "hostPort": 8000 + random.below(2)}])
        }
        _ => {}
    }
    if random.percent(15) {
        spec["tolerations"] = json!([{"key": "dedicated", "operator": "Exists"}]);
    }
    if random.percent(4) {
        spec["tolerations"] = json!([{"operator": "Exists"}]);
    }
    if with_classes {
        spec["priorityClassName"] = json!(random.pick(&["low", "high"]));
    }
    let mut labels = json!({"app": name});
    if random.percent(10) {
        labels["kubelet.test/start"] = json!("never-ready");
    }
    let replicas = 1 + random.below(5);
    let template = json!({"metadata": {"labels": labels}, "spec": spec});
    match random.below(10) {
        0 | 1 => {
            let mut set = deployment(name, None, replicas, template);
            set["kind"] = json!("StatefulSet");
            set["spec"]["serviceName"] = json!(name);
            set["spec"]["podManagementPolicy"] = json!("Parallel");
            set
        }
        2 => {
            let mut set = deployment(name, None, replicas, template);
            set["kind"] = json!("ReplicaSet");
            set
        }
        _ => deployment(name, None, replicas, template),
    }
}

fn budget(random: &mut Random, name: &str, app: &str) -> Value {
    let amount = |random: &mut Random| match random.percent(60) {
        true => json!(random.below(4)),
        false => json!(random.pick(&["0%", "30%", "50%", "80%", "100%"])),
    };
    let mut spec = json!({"selector": {"matchLabels": {"app": app}}});
    let field = if random.percent(50) { "minAvailable" } else { "maxUnavailable" };
    spec[field] = amount(random);
    if random.percent(30) {
        spec["unhealthyPodEvictionPolicy"] = json!(random.pick(&["AlwaysAllow", "IfHealthyBudget"]));
    }
    json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": name}, "spec": spec})
}
