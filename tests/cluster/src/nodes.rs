//! Nodes, whose kubelets kwok plays.

use crate::api::is_true;
use crate::control_plane::Cluster;
use crate::error::Result;
use crate::kubelet;
use crate::programs::kubernetes_version;
use serde_json::{Map, Value, json};

/// A node to be made: 4 CPUs, 16Gi and 110 pods, Ready, of the control plane's version, unless said otherwise.
#[derive(Debug, Clone)]
pub struct NodeSpec {
    name: String,
    capacity: Map<String, Value>,
    labels: Map<String, Value>,
    annotations: Map<String, Value>,
    taints: Vec<Value>,
    provider_id: Option<String>,
    kubelet_version: String,
    unschedulable: bool,
    ready: bool,
}

impl NodeSpec {
    /// A usual node.
    pub fn new(name: &str) -> Self {
        let node = Self {
            name: name.to_owned(),
            capacity: Map::new(),
            labels: Map::new(),
            annotations: Map::new(),
            taints: Vec::new(),
            provider_id: None,
            kubelet_version: kubernetes_version().to_owned(),
            unschedulable: false,
            ready: true,
        };
        node.capacity("cpu", "4")
            .capacity("memory", "16Gi")
            .capacity("ephemeral-storage", "100Gi")
            .capacity("pods", "110")
            .label("kubernetes.io/hostname", name)
            .label("kubernetes.io/os", "linux")
            .label("kubernetes.io/arch", "amd64")
    }

    /// How much of a resource it has: `cpu`, `memory`, `pods`, `nvidia.com/gpu`, …
    pub fn capacity(mut self, resource: &str, quantity: &str) -> Self {
        self.capacity.insert(resource.to_owned(), json!(quantity));
        self
    }

    /// A label.
    pub fn label(mut self, key: &str, value: &str) -> Self {
        self.labels.insert(key.to_owned(), json!(value));
        self
    }

    /// An annotation.
    pub fn annotation(mut self, key: &str, value: &str) -> Self {
        self.annotations.insert(key.to_owned(), json!(value));
        self
    }

    /// The zone: label `topology.kubernetes.io/zone`.
    pub fn zone(self, zone: &str) -> Self {
        self.label("topology.kubernetes.io/zone", zone)
    }

    /// A taint; `effect` is `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
    pub fn taint(mut self, key: &str, value: &str, effect: &str) -> Self {
        self.taints.push(json!({"key": key, "value": value, "effect": effect}));
        self
    }

    /// The machine that a cloud provider knows the node as: `aws:///us-east-1a/i-0123456789abcdef0`.
    pub fn provider_id(mut self, id: &str) -> Self {
        self.provider_id = Some(id.to_owned());
        self
    }

    /// What the kubelet says it is, such as `v1.35.2`.
    pub fn kubelet_version(mut self, version: &str) -> Self {
        version.clone_into(&mut self.kubelet_version);
        self
    }

    /// Cordoned from the beginning.
    pub fn unschedulable(mut self) -> Self {
        self.unschedulable = true;
        self
    }

    /// Its kubelet says that it is not ready, see [`kubelet::NODE_NOT_READY`].
    pub fn not_ready(mut self) -> Self {
        self.ready = false;
        self
    }

    /// The node as the API wants it, status included: an API server keeps the status that a node is created with.
    pub fn to_json(&self) -> Value {
        let mut labels = self.labels.clone();
        if !self.ready {
            labels.insert(kubelet::NODE_NOT_READY.to_owned(), json!("true"));
        }
        let mut spec = json!({"taints": self.taints});
        if let Some(id) = &self.provider_id {
            spec["providerID"] = json!(id);
        }
        if self.unschedulable {
            spec["unschedulable"] = json!(true);
        }
        json!({
            "apiVersion": "v1", "kind": "Node",
            "metadata": {"name": self.name, "labels": labels, "annotations": self.annotations},
            "spec": spec,
            "status": {
                "capacity": self.capacity, "allocatable": self.capacity,
                "nodeInfo": {
                    "architecture": "amd64", "bootID": "", "containerRuntimeVersion": "containerd://2.1.0",
                    "kernelVersion": "6.12.0", "kubeProxyVersion": "", "kubeletVersion": self.kubelet_version,
                    "machineID": "", "operatingSystem": "linux", "osImage": "", "systemUUID": "",
                },
            },
        })
    }
}

impl Cluster {
    /// Makes a node and waits until its kubelet reported and the controllers took away the taint that keeps pods
    /// from a node that is not ready yet.
    pub fn add_node(&self, node: &NodeSpec) -> Result<()> {
        self.add_nodes(std::slice::from_ref(node))
    }

    /// Makes nodes all at once, and waits for all.
    pub fn add_nodes(&self, nodes: &[NodeSpec]) -> Result<()> {
        nodes.iter().try_for_each(|node| self.api().create(&node.to_json()).map(drop))?;
        for node in nodes {
            let what = if node.ready { "a Ready node" } else { "a node that is not Ready" };
            self.api().wait_for(&format!("/api/v1/nodes/{}", node.name), what, |seen| {
                let taints = seen["spec"]["taints"].to_string();
                let tainted = taints.contains("node.kubernetes.io/not-ready");
                seen["status"]["conditions"].is_array()
                    && is_true(seen, "Ready") == node.ready
                    && tainted != node.ready
            })?;
        }
        Ok(())
    }
}
