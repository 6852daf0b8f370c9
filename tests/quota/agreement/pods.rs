//! Pods as they are once admission has filled in what their templates leave out, with what they bring along.

use serde_json::{Value, json};
use support::Random;

use super::namespace::TEAM;
use crate::objects::template;

/// The objects of a namespace, to which controllers add theirs.
pub struct Pods {
    pub objects: Vec<Value>,
    /// The defaults of the LimitRange: limits, requests.
    defaults: [Value; 2],
    /// The number of nodes.
    pub nodes: usize,
}

impl Pods {
    /// Starts with the nodes.
    pub fn new(random: &mut Random, range: Option<&Value>) -> Self {
        let nodes = 1 + random.below(3);
        let node = |index: usize| json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": format!("node-{index}")}, "spec": {}});
        let item = |field: &str| range.map_or(Value::Null, |range| range["spec"]["limits"][0][field].clone());
        Self {
            objects: (0..nodes).map(node).collect(),
            defaults: [item("default"), item("defaultRequest")],
            nodes,
        }
    }

    /// Adds a pod that a workload controls, with the claims of its volumes.
    pub fn add(&mut self, owner: &Value, name: &str, template: &Value, labels: &Value) {
        let mut spec = template["spec"].clone();
        let containers = spec["containers"].as_array_mut().expect("containers");
        containers.iter_mut().for_each(|container| self.fill_in(&mut container["resources"]));
        let mut pod = json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {
                "name": name, "namespace": TEAM, "uid": format!("pod-{name}"),
                "labels": template["metadata"]["labels"], "ownerReferences": [reference(owner)],
            },
            "spec": spec,
            "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
        });
        for (label, value) in labels.as_object().into_iter().flatten() {
            pod["metadata"]["labels"][label] = value.clone();
        }
        let volumes = spec["volumes"].as_array().cloned().unwrap_or_default();
        for volume in volumes.iter().filter(|volume| volume["ephemeral"].is_object()) {
            let claim = format!("{name}-{}", volume["name"].as_str().expect("a name"));
            let spec = &volume["ephemeral"]["volumeClaimTemplate"]["spec"];
            self.objects.push(claim_of(&claim, spec, Some(&pod)));
        }
        self.objects.push(pod);
    }

    /// Fills in resources as the API and a LimitRange do.
    fn fill_in(&self, resources: &mut Value) {
        let mut copy = |from: Value, list: &str| {
            for (name, amount) in from.as_object().into_iter().flatten() {
                if resources[list].get(name).is_none() {
                    resources[list][name] = amount.clone();
                }
            }
            resources["limits"].clone()
        };
        let limits = copy(Value::Null, "limits");
        copy(limits, "requests");
        let [limits, requests] = &self.defaults;
        copy(limits.clone(), "limits");
        copy(requests.clone(), "requests");
        for list in ["limits", "requests"] {
            if resources[list].is_null()
                && let Some(resources) = resources.as_object_mut()
            {
                resources.remove(list);
            }
        }
    }
}

/// A claim, of a pod or alone.
pub fn claim_of(name: &str, spec: &Value, owner: Option<&Value>) -> Value {
    let mut claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
        "metadata": {"name": name, "namespace": TEAM, "uid": format!("claim-{name}")}, "spec": spec,
        "status": {"phase": "Pending"},
    });
    if let Some(owner) = owner {
        claim["metadata"]["ownerReferences"] = json!([reference(owner)]);
    }
    claim
}

/// The reference to a controller.
pub fn reference(owner: &Value) -> Value {
    json!({
        "apiVersion": owner["apiVersion"], "kind": owner["kind"], "name": owner["metadata"]["name"],
        "uid": owner["metadata"]["uid"], "controller": true, "blockOwnerDeletion": true,
    })
}

fn requests(random: &mut Random) -> Value {
    match random.below(6) {
        0 => json!({}),
        1 | 2 => json!({"cpu": random.pick(&["50m", "100m", "150m"])}),
        _ => {
            json!({"cpu": random.pick(&["50m", "100m", "150m"]), "memory": random.pick(&["32Mi", "64Mi"])})
        }
    }
}

/// The template of a workload's first pods.
pub fn first_template(random: &mut Random, name: &str) -> Value {
    let mut pods = template(name, &requests(random));
    pods["spec"]["containers"][0]["image"] = json!("app:1");
    if random.percent(25) {
        pods["spec"]["containers"][0]["resources"]["limits"] = json!({"cpu": "200m", "memory": "64Mi"});
    }
    if random.percent(15) {
        pods["spec"]["priorityClassName"] = json!("high");
    }
    if random.percent(20) {
        let claim = json!({"spec": storage(random)});
        pods["spec"]["volumes"] = json!([{"name": "scratch", "ephemeral": {"volumeClaimTemplate": claim}}]);
    }
    pods
}

/// The template that comes after another.
pub fn next_template(random: &mut Random, before: &Value, image: &str) -> Value {
    let mut next = before.clone();
    let container = &mut next["spec"]["containers"][0];
    container["image"] = json!(image);
    if random.percent(60) {
        container["resources"]["requests"]["cpu"] = json!(random.pick(&["50m", "100m", "150m", "200m"]));
    }
    if random.percent(15) {
        container["resources"]["requests"]["memory"] = json!(random.pick(&["32Mi", "64Mi"]));
    }
    next
}

/// The spec of a claim.
pub fn storage(random: &mut Random) -> Value {
    json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": random.pick(&["512Mi", "1Gi", "2Gi"])}}})
}
