//! Where the pods of the example are, when that must not differ from run to run.

use super::settled;
use crate::{Cluster, Error, Result};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The nodes, in the order in which the pods of a workload take them.
const NODES: [&str; 6] = ["worker-a1", "worker-b1", "worker-c1", "worker-a2", "worker-b2", "worker-c2"];
/// Those that have GPUs.
const WITH_GPU: [&str; 3] = ["worker-a2", "worker-b2", "worker-c2"];

/// How long it may take, on a machine that is busy with other things.
const LIMIT: Duration = Duration::from_secs(300);
const POLL: Duration = Duration::from_millis(100);

/// Binds the pods of cordoned nodes until all workloads run, and uncordons.
///
/// It polls: the last event of a pod comes before that of its workload, and nothing else of the pod follows.
pub fn bind(cluster: &Cluster) -> Result<()> {
    let mut places = Places::default();
    let deadline = Instant::now() + LIMIT;
    while !all_run(cluster)? {
        if Instant::now() >= deadline {
            return Err(Error::new(format!("the example does not run after {} s", LIMIT.as_secs())));
        }
        let pods = cluster.api().get("/api/v1/pods")?;
        places.bind(cluster, pods["items"].as_array().map(Vec::as_slice).unwrap_or_default())?;
        sleep(POLL);
    }
    for node in NODES {
        cluster
            .api()
            .merge_patch(&format!("/api/v1/nodes/{node}"), &json!({"spec": {"unschedulable": null}}))?;
    }
    Ok(())
}

/// Whether nothing is missing: Deployments and StatefulSets have what they want, and so has each Job.
fn all_run(cluster: &Cluster) -> Result<bool> {
    for (group, collection) in [("apps", "deployments"), ("apps", "statefulsets"), ("batch", "jobs")] {
        let workloads = cluster.api().get(&format!("/apis/{group}/v1/{collection}"))?;
        let runs = |workload: &Value| match collection {
            "jobs" => workload["status"]["ready"] == workload["spec"]["parallelism"],
            _ => settled(workload),
        };
        if !workloads["items"].as_array().is_some_and(|workloads| workloads.iter().all(runs)) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[derive(Debug, Default)]
struct Places {
    bound: BTreeSet<String>,
    /// How many pods of a workload have a place.
    taken: BTreeMap<String, usize>,
}

impl Places {
    fn bind(&mut self, cluster: &Cluster, pods: &[Value]) -> Result<()> {
        for pod in pods.iter().filter(|pod| pod["spec"]["nodeName"].is_null()) {
            let text = |key: &str| pod["metadata"][key].as_str().unwrap_or_default();
            if !self.bound.insert(text("uid").to_owned()) {
                continue;
            }
            let owner = format!("{}/{}", text("namespace"), pod["metadata"]["ownerReferences"][0]["name"]);
            let taken = self.taken.entry(owner.clone()).or_default();
            let node = node(pod, owner.len() + *taken);
            *taken += 1;
            cluster.api().create(&json!({
                "apiVersion": "v1", "kind": "Binding",
                "metadata": {"name": text("name"), "namespace": text("namespace")},
                "target": {"apiVersion": "v1", "kind": "Node", "name": node},
            }))?;
        }
        Ok(())
    }
}

/// The node of a workload's pod: one after the other, of those that it asks for.
fn node(pod: &Value, turn: usize) -> &str {
    let preferred = "/spec/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/preference\
                     /matchExpressions/0/values/0";
    if let Some(node) = pod.pointer(preferred).and_then(Value::as_str) {
        return node;
    }
    let requests = &pod["spec"]["containers"][0]["resources"]["requests"];
    match requests["nvidia.com/gpu"].is_null() {
        true => NODES[turn % NODES.len()],
        false => WITH_GPU[turn % WITH_GPU.len()],
    }
}
