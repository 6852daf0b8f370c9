//! A Service as admission evaluates it.

use serde_json::Value;

/// What admission evaluates of a Service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceFacts {
    /// `ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`, or empty for the first.
    pub kind: String,
    /// How many ports it has.
    pub ports: usize,
    /// How many of them set a node port.
    pub node_ports: usize,
    /// `allocateLoadBalancerNodePorts: false`.
    pub keeps_off_nodes: bool,
}

impl ServiceFacts {
    /// Reads a Service of the API.
    pub fn from_value(service: &Value) -> Self {
        let spec = &service["spec"];
        let ports = spec["ports"].as_array().map(Vec::as_slice).unwrap_or_default();
        let names_node_port = |port: &&Value| port["nodePort"].as_i64().unwrap_or(0) != 0;
        Self {
            kind: spec["type"].as_str().unwrap_or_default().to_owned(),
            ports: ports.len(),
            node_ports: ports.iter().filter(names_node_port).count(),
            keeps_off_nodes: spec["allocateLoadBalancerNodePorts"] == Value::Bool(false),
        }
    }
}
