//! The manifest of the new Service.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::args::Destination;
use crate::controllers::LBC_CLASS;

/// Fields that the server gives to one object.
const OF_ONE_OBJECT: [&str; 6] =
    ["clusterIP", "clusterIPs", "healthCheckNodePort", "loadBalancerClass", "loadBalancerIP", "externalName"];

/// Labels of tools that would take the new Service for theirs.
const OF_TOOLS: [&str; 4] = [
    "app.kubernetes.io/managed-by",
    "argocd.argoproj.io/instance",
    "helm.toolkit.fluxcd.io/",
    "kustomize.toolkit.fluxcd.io/",
];

/// Returns the new Service, made of the old object.
pub fn manifest(old: &Value, name: &str, annotations: &BTreeMap<String, String>, to: Destination) -> Value {
    let mut metadata = json!({"name": name, "namespace": old["metadata"]["namespace"]});
    let labels = old["metadata"]["labels"].as_object().cloned().unwrap_or_default();
    let labels: Map<String, Value> =
        labels.into_iter().filter(|(key, _)| !OF_TOOLS.iter().any(|start| key.starts_with(start))).collect();
    if !labels.is_empty() {
        metadata["labels"] = labels.into();
    }
    metadata["annotations"] = json!(annotations);
    let mut spec = old["spec"].as_object().cloned().unwrap_or_default();
    spec.retain(|key, _| !OF_ONE_OBJECT.contains(&key.as_str()));
    spec.insert("type".to_owned(), "LoadBalancer".into());
    if to == Destination::Lbc {
        spec.insert("loadBalancerClass".to_owned(), LBC_CLASS.into());
    }
    for port in spec.get_mut("ports").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(port) = port.as_object_mut() {
            port.remove("nodePort");
        }
    }
    json!({"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_old_object_is_left_out() {
        let old = json!({
            "metadata": {
                "name": "web", "namespace": "shop", "uid": "u", "resourceVersion": "1",
                "labels": {"app": "web", "app.kubernetes.io/managed-by": "Helm"},
            },
            "spec": {
                "type": "LoadBalancer", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"], "selector": {"app": "web"},
                "ports": [{"port": 443, "nodePort": 30443, "targetPort": "https"}],
            },
            "status": {"loadBalancer": {"ingress": [{"hostname": "h"}]}},
        });
        let annotations = [("a".to_owned(), "b".to_owned())].into();
        assert_eq!(
            manifest(&old, "web-nlb", &annotations, Destination::Lbc),
            json!({
                "apiVersion": "v1", "kind": "Service",
                "metadata": {"name": "web-nlb", "namespace": "shop", "labels": {"app": "web"}, "annotations": {"a": "b"}},
                "spec": {
                    "type": "LoadBalancer", "loadBalancerClass": LBC_CLASS, "selector": {"app": "web"},
                    "ports": [{"port": 443, "targetPort": "https"}],
                },
            })
        );
        let spec = &manifest(&old, "web-nlb", &annotations, Destination::Nlb)["spec"];
        assert_eq!(spec["loadBalancerClass"], Value::Null);
    }
}
