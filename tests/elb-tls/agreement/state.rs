//! A Service as a user wants it at one moment of its life.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What all annotations of load balancers begin with.
const PREFIX: &str = "service.beta.kubernetes.io/aws-load-balancer-";

/// Where `kubectl apply` keeps what it has applied.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// `spec.loadBalancerClass`, which never changes.
    pub class: Option<&'static str>,
    /// Its ports.
    pub ports: Vec<Port>,
    /// Its annotations by short key.
    pub annotations: BTreeMap<&'static str, String>,
    /// Whether `externalTrafficPolicy` is Local.
    pub is_local: bool,
    /// Whether it wants clients to stay with a pod.
    pub is_sticky: bool,
    /// Whether it gets node ports.
    pub has_node_ports: bool,
}

/// A port of a Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// Its name.
    pub name: String,
    /// `TCP` or `UDP`.
    pub protocol: &'static str,
    /// Its number.
    pub port: i64,
    /// Where pods listen.
    pub target: Value,
}

impl State {
    /// Returns the manifest.
    pub fn manifest(&self, namespace: &str, name: &str) -> Value {
        let ports = self.ports.iter().map(|port| {
            json!({"name": port.name, "protocol": port.protocol, "port": port.port, "targetPort": port.target})
        });
        let annotations: Map<_, _> =
            self.annotations.iter().map(|(key, value)| (format!("{PREFIX}{key}"), json!(value))).collect();
        let mut service = json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {"name": name, "namespace": namespace, "annotations": annotations},
            "spec": {
                "type": "LoadBalancer",
                "selector": {"app": "helloworld"},
                "ports": ports.collect::<Vec<_>>(),
                "externalTrafficPolicy": if self.is_local { "Local" } else { "Cluster" },
                "sessionAffinity": if self.is_sticky { "ClientIP" } else { "None" },
            },
        });
        if let Some(class) = self.class {
            service["spec"]["loadBalancerClass"] = json!(class);
        }
        if !self.has_node_ports {
            service["spec"]["allocateLoadBalancerNodePorts"] = json!(false);
        }
        service
    }

    /// Returns the Service as it is created: `kubectl apply` adds what it has applied.
    pub fn created(&self, namespace: &str, name: &str) -> Value {
        let mut service = self.manifest(namespace, name);
        service["metadata"]["annotations"][LAST_APPLIED] = json!(service.to_string());
        service
    }

    /// Returns the merge patch that makes this of a Service as it was.
    pub fn patch(&self, before: &Self) -> Value {
        let manifest = self.manifest("", "");
        let mut annotations = manifest["metadata"]["annotations"].clone();
        for key in before.annotations.keys().filter(|key| !self.annotations.contains_key(*key)) {
            annotations[format!("{PREFIX}{key}")] = Value::Null;
        }
        let spec = &manifest["spec"];
        annotations[LAST_APPLIED] = json!(manifest.to_string());
        json!({
            "metadata": {"annotations": annotations},
            "spec": {
                "ports": spec["ports"],
                "externalTrafficPolicy": spec["externalTrafficPolicy"],
                "sessionAffinity": spec["sessionAffinity"],
            },
        })
    }
}

/// Returns the states of a Service as manifests to be applied one after the other. JSON is YAML, too.
pub fn to_yaml(history: &[State]) -> String {
    let documents = history.iter().map(|state| {
        let manifest = state.manifest("default", "web");
        let metadata = &manifest["metadata"]["annotations"];
        let annotations = metadata.as_object().into_iter().flatten();
        let annotations: String =
            annotations.map(|(key, value)| format!("    {key}: {value}\n")).collect();
        let ports = manifest["spec"]["ports"].as_array().into_iter().flatten();
        let ports: String = ports.map(|port| format!("  - {port}\n")).collect();
        let mut rest = manifest["spec"].clone();
        let fields = rest.as_object_mut().map(|fields| {
            fields.remove("ports");
            fields.iter().map(|(key, value)| format!("  {key}: {value}\n")).collect::<String>()
        });
        format!(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n{annotations}spec:\n{}  ports:\n{ports}",
            fields.unwrap_or_default()
        )
    });
    documents.collect::<Vec<_>>().join("---\n")
}
