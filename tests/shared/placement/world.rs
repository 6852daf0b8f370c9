//! A random cluster: nodes, what stands on them, and volumes.

use cluster::Api;
use cluster::NodeSpec;
use serde_json::{Value, json};
use shared::model::{Node, WidePod};
use shared::placement::{self, Facts, StorageFacts};
use support::Random;

use super::{pods, volumes};

pub const NAMESPACES: [&str; 3] = ["alpha", "beta", "gamma"];

/// A world, on the API server and as we see it.
pub struct World<'a> {
    pub api: &'a Api,
    pub trial: u64,
    nodes: Vec<String>,
    pub claims: Vec<(String, String)>,
    pub seen: placement::Cluster,
    pub facts: Vec<Value>,
}

impl<'a> World<'a> {
    /// Makes what all worlds share.
    pub fn prepare(api: &Api) {
        for (name, team) in NAMESPACES.iter().zip(["a", "b", ""]) {
            let labels = if team.is_empty() { json!({}) } else { json!({"team": team}) };
            let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
            api.create(&namespace).unwrap();
            let account = format!("/api/v1/namespaces/{name}/serviceaccounts/default");
            api.wait_for(&account, "a service account", |_| true).unwrap();
        }
        for (name, value, policy) in [("high", 1000, "PreemptLowerPriority"), ("polite", 500, "Never")] {
            let class = json!({
                "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name},
                "value": value, "preemptionPolicy": policy,
            });
            api.create(&class).unwrap();
        }
    }

    pub fn new(api: &'a Api, random: &mut Random, trial: u64) -> Self {
        let count = 1 + random.below(9);
        let nodes: Vec<_> = (0..count).map(|number| format!("w{trial}-n{number}")).collect();
        for name in &nodes {
            make_node(api, random, name);
        }
        let claims = volumes::make(api, random, trial, &nodes);
        for number in 0..random.below(4 * count + 1) {
            let node = random.pick(&nodes);
            pods::place(api, random, trial, &format!("w{trial}-p{number}"), &node);
        }
        let mut world = Self {
            api,
            trial,
            nodes,
            claims,
            seen: placement::Cluster::new(Facts::default()),
            facts: Vec::new(),
        };
        world.read();
        // The scheduler's caches follow the API server, each in its own time.
        std::thread::sleep(std::time::Duration::from_millis(400));
        world
    }

    /// Reads everything again: a claim was made.
    pub fn read_claims(&mut self) {
        self.read();
    }

    fn read(&mut self) {
        let list = |path: &str| self.api.get(path).unwrap()["items"].as_array().cloned().unwrap();
        fn read<T: serde::de::DeserializeOwned>(list: Vec<Value>) -> Vec<T> {
            list.into_iter().map(|one| serde_json::from_value(one).unwrap()).collect()
        }
        let nodes = list("/api/v1/nodes");
        let pods = list("/api/v1/pods");
        let storage = "/apis/storage.k8s.io/v1";
        let facts = Facts {
            nodes: read::<Node>(nodes.clone()),
            namespaces: Some(read(list("/api/v1/namespaces"))),
            storage: StorageFacts {
                claims: Some(read(list("/api/v1/persistentvolumeclaims"))),
                volumes: Some(read(list("/api/v1/persistentvolumes"))),
                classes: Some(read(list(&format!("{storage}/storageclasses")))),
                csi_nodes: Some(read(list(&format!("{storage}/csinodes")))),
                attachments: Some(read(list(&format!("{storage}/volumeattachments")))),
                drivers: Some(read(list(&format!("{storage}/csidrivers")))),
            },
            device_class_resources: Vec::new(),
        };
        self.seen = placement::Cluster::new(facts);
        for pod in read::<WidePod>(pods.clone()) {
            self.seen.add(&pod).unwrap();
        }
        self.facts = nodes;
        self.facts.extend(pods);
    }

    /// Takes everything away that another world would count.
    pub fn remove(self) {
        for pod in self.api.get("/api/v1/pods").unwrap()["items"].as_array().unwrap() {
            let path = path_of(pod);
            if !pod["metadata"]["finalizers"].is_null() {
                self.api.merge_patch(&path, &json!({"metadata": {"finalizers": null}})).ok();
            }
            self.api.delete(&format!("{path}?gracePeriodSeconds=0")).ok();
        }
        for node in &self.nodes {
            self.api.delete(&format!("/api/v1/nodes/{node}")).unwrap();
            self.api.delete(&format!("/apis/storage.k8s.io/v1/csinodes/{node}")).ok();
        }
        let pods = self.api.wait("/api/v1/pods", "", "the end of all pods", <[Value]>::is_empty);
        pods.unwrap();
    }
}

pub fn path_of(pod: &Value) -> String {
    let text = |field: &str| pod["metadata"][field].as_str().unwrap();
    format!("/api/v1/namespaces/{}/pods/{}", text("namespace"), text("name"))
}

fn make_node(api: &Api, random: &mut Random, name: &str) {
    let mut node = NodeSpec::new(name)
        .capacity("cpu", random.pick(&["500m", "1", "2", "4"]))
        .capacity("memory", random.pick(&["1Gi", "2Gi", "4Gi"]))
        .capacity("ephemeral-storage", random.pick(&["2Gi", "20Gi"]))
        .capacity("pods", random.pick(&["2", "4", "8", "110"]));
    if random.percent(80) {
        node = node.zone(random.pick(&["a", "b", "c"])).label("topology.kubernetes.io/region", "r");
    }
    if random.percent(60) {
        node = node.label("disk", random.pick(&["ssd", "hdd"]));
    }
    if random.percent(40) {
        node = node.label("size", random.pick(&["1", "5", "10", "big"]));
    }
    if random.percent(30) {
        node = node.capacity("example.com/gpu", random.pick(&["1", "2"]));
    }
    if random.percent(20) {
        node = node.capacity("hugepages-2Mi", "64Mi");
    }
    let mut taints = Vec::new();
    for (chance, key, value, effect) in [
        (15, "team", "a", "NoSchedule"),
        (10, "team", "b", "NoExecute"),
        (10, "spare", "", "PreferNoSchedule"),
        (8, "node.kubernetes.io/not-ready", "", "NoSchedule"),
    ] {
        if random.percent(chance) {
            taints.push(json!({"key": key, "value": value, "effect": effect}));
        }
    }
    let cordoned = random.percent(15);
    if cordoned {
        node = node.unschedulable();
        taints.push(json!({"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}));
    }
    api.create(&node.to_json()).unwrap();
    // A new node is tainted as not ready by admission; the controller that would lift it does not run.
    api.merge_patch(&format!("/api/v1/nodes/{name}"), &json!({"spec": {"taints": taints}})).unwrap();
}
