//! EndpointSlices, as far as they tell whether pods are ready.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;
use shared::model::{ObjectMeta, Resource, Service};

/// The label that names the Service of an EndpointSlice.
pub const SERVICE_LABEL: &str = "kubernetes.io/service-name";

/// The fields of `discovery.k8s.io/v1.EndpointSlice` that tell how many endpoints are ready.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct EndpointSlice {
    metadata: ObjectMeta,
    endpoints: Option<Vec<Endpoint>>,
    ports: Option<Vec<EndpointPort>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Endpoint {
    conditions: Option<Conditions>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Conditions {
    ready: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct EndpointPort {
    name: Option<String>,
}

impl Resource for EndpointSlice {
    const GROUP: &'static str = "discovery.k8s.io";
    const VERSION: &'static str = "v1";
    const PLURAL: &'static str = "endpointslices";
    const KIND: &'static str = "EndpointSlice";
    const NAMESPACED: bool = true;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }
}

/// How many endpoints a port of the Service has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortEndpoints {
    /// The port of the Service.
    pub port: i32,
    /// Those that are ready.
    pub ready: usize,
    /// Those that are not.
    pub not_ready: usize,
}

/// Returns how many endpoints each port of a Service has. An endpoint that does not say is ready, as kube-proxy takes it.
pub fn count(service: &Service, slices: &[EndpointSlice]) -> Vec<PortEndpoints> {
    let own: Vec<&EndpointSlice> = slices
        .iter()
        .filter(|slice| {
            slice.metadata.namespace == service.metadata.namespace
                && slice.metadata.labels.get(SERVICE_LABEL) == Some(&service.metadata.name)
        })
        .collect();
    let ports = service.spec.ports.iter().map(|port| {
        let mut counted = PortEndpoints { port: port.port, ready: 0, not_ready: 0 };
        let with_port = own.iter().filter(|slice| {
            let mut names = slice.ports.iter().flatten().map(|one| one.name.as_deref().unwrap_or_default());
            names.any(|name| name == port.name)
        });
        for endpoint in with_port.flat_map(|slice| slice.endpoints.iter().flatten()) {
            match endpoint.conditions.and_then(|conditions| conditions.ready) {
                Some(false) => counted.not_ready += 1,
                _ => counted.ready += 1,
            }
        }
        counted
    });
    ports.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::samples::web;

    #[test]
    fn endpoints_are_counted_by_port_over_all_slices() {
        let slice = |service: &str, ready: serde_json::Value, port: &str| -> EndpointSlice {
            serde_json::from_value(json!({
                "metadata": {"name": "s", "namespace": "shop", "labels": {SERVICE_LABEL: service}},
                "endpoints": [{"conditions": {"ready": ready}}], "ports": [{"name": port}],
            }))
            .unwrap()
        };
        let empty: EndpointSlice = serde_json::from_value(json!({"endpoints": null, "ports": null})).unwrap();
        let slices = [
            slice("web", json!(true), "https"),
            slice("web", json!(null), "https"),
            slice("web", json!(false), "https"),
            slice("other", json!(true), "https"),
            empty,
        ];
        let counted: Vec<_> =
            count(&web(&[]), &slices).iter().map(|one| (one.port, one.ready, one.not_ready)).collect();
        assert_eq!(counted, [(80, 0, 0), (443, 2, 1)]);
    }
}
