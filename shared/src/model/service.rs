//! `core/v1.Service`, with what controllers of load balancers are told by annotations and leave behind.

use std::collections::BTreeMap;

use prost::{DecodeError, Message as _};
use serde::Deserialize;

use super::nullable::or_default;
use super::{FromProtobuf, IntOrString, ObjectMeta, OwnerReference, Resource, Time};

/// A service.
///
/// Annotations, finalizers and managed fields stand beside the metadata, since [`ObjectMeta`] leaves them out: of other
/// kinds nobody reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "ServiceFields")]
pub struct Service {
    /// Name, namespace, labels, owners.
    pub metadata: ObjectMeta,
    /// Annotations by key.
    pub annotations: BTreeMap<String, String>,
    /// What has to be done before it can be deleted, by whom.
    pub finalizers: Vec<String>,
    /// Who wrote which fields.
    pub managed_fields: Vec<ManagedFieldsEntry>,
    /// What is wanted.
    pub spec: ServiceSpec,
    /// The load balancer that serves it.
    pub status: ServiceStatus,
}

impl Resource for Service {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const PLURAL: &'static str = "services";
    const KIND: &'static str = "Service";
    const NAMESPACED: bool = true;
    const FROM_PROTOBUF: Option<FromProtobuf<Self>> = Some(Self::decode);

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }
}

impl Service {
    /// Reads a service from the protobuf message of its kind.
    fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let ServiceMessage { metadata: all, spec, status } = ServiceMessage::decode(bytes)?;
        let metadata = ObjectMeta {
            name: all.name,
            namespace: all.namespace,
            uid: all.uid,
            resource_version: all.resource_version,
            generation: all.generation,
            creation_timestamp: all.creation_timestamp,
            deletion_timestamp: all.deletion_timestamp,
            deletion_grace_period_seconds: all.deletion_grace_period_seconds,
            labels: all.labels,
            owner_references: all.owner_references,
        };
        let MetadataMessage { annotations, finalizers, managed_fields, .. } = all;
        Ok(Self { metadata, annotations, finalizers, managed_fields, spec, status })
    }
}

#[derive(Clone, PartialEq, Eq, prost::Message)]
struct ServiceMessage {
    #[prost(message, required, tag = "1")]
    metadata: MetadataMessage,
    #[prost(message, required, tag = "2")]
    spec: ServiceSpec,
    #[prost(message, required, tag = "3")]
    status: ServiceStatus,
}

/// [`ObjectMeta`] with what it leaves out: lists are large, and read once.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct MetadataMessage {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(string, tag = "3")]
    namespace: String,
    #[prost(string, tag = "5")]
    uid: String,
    #[prost(string, tag = "6")]
    resource_version: String,
    #[prost(int64, tag = "7")]
    generation: i64,
    #[prost(message, required, tag = "8")]
    creation_timestamp: Time,
    #[prost(message, optional, tag = "9")]
    deletion_timestamp: Option<Time>,
    #[prost(int64, optional, tag = "10")]
    deletion_grace_period_seconds: Option<i64>,
    #[prost(btree_map = "string, string", tag = "11")]
    labels: BTreeMap<String, String>,
    #[prost(btree_map = "string, string", tag = "12")]
    annotations: BTreeMap<String, String>,
    #[prost(message, repeated, tag = "13")]
    owner_references: Vec<OwnerReference>,
    #[prost(string, repeated, tag = "14")]
    finalizers: Vec<String>,
    #[prost(message, repeated, tag = "17")]
    managed_fields: Vec<ManagedFieldsEntry>,
}

/// A service as JSON has it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ServiceFields {
    #[serde(deserialize_with = "or_default")]
    metadata: MetadataFields,
    #[serde(deserialize_with = "or_default")]
    spec: ServiceSpec,
    #[serde(deserialize_with = "or_default")]
    status: ServiceStatus,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct MetadataFields {
    #[serde(deserialize_with = "or_default")]
    name: String,
    #[serde(deserialize_with = "or_default")]
    namespace: String,
    #[serde(deserialize_with = "or_default")]
    uid: String,
    #[serde(deserialize_with = "or_default")]
    resource_version: String,
    #[serde(deserialize_with = "or_default")]
    generation: i64,
    #[serde(deserialize_with = "or_default")]
    creation_timestamp: Time,
    deletion_timestamp: Option<Time>,
    deletion_grace_period_seconds: Option<i64>,
    #[serde(deserialize_with = "or_default")]
    labels: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    owner_references: Vec<OwnerReference>,
    #[serde(deserialize_with = "or_default")]
    annotations: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    finalizers: Vec<String>,
    #[serde(deserialize_with = "or_default")]
    managed_fields: Vec<ManagedFieldsEntry>,
}

impl From<ServiceFields> for Service {
    fn from(fields: ServiceFields) -> Self {
        let ServiceFields { metadata: all, spec, status } = fields;
        let metadata = ObjectMeta {
            name: all.name,
            namespace: all.namespace,
            uid: all.uid,
            resource_version: all.resource_version,
            generation: all.generation,
            creation_timestamp: all.creation_timestamp,
            deletion_timestamp: all.deletion_timestamp,
            deletion_grace_period_seconds: all.deletion_grace_period_seconds,
            labels: all.labels,
            owner_references: all.owner_references,
        };
        let MetadataFields { annotations, finalizers, managed_fields, .. } = all;
        Self { metadata, annotations, finalizers, managed_fields, spec, status }
    }
}

/// `metav1.ManagedFieldsEntry`: what one manager wrote.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ManagedFieldsEntry {
    /// The name of the manager, such as `kubectl-edit`.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub manager: String,
    /// `Apply` or `Update`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub operation: String,
    /// When it last changed which fields it has.
    #[prost(message, optional, tag = "4")]
    pub time: Option<Time>,
    /// The fields.
    #[prost(message, optional, tag = "7")]
    pub fields_v1: Option<FieldsV1>,
    /// The subresource it wrote through, such as `status`; empty for the object itself.
    #[prost(string, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub subresource: String,
}

/// `metav1.FieldsV1`: a tree of fields, as JSON text.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct FieldsV1 {
    #[prost(bytes = "vec", tag = "1")]
    raw: Vec<u8>,
}

impl FieldsV1 {
    /// Returns the tree; null where the text is not JSON.
    pub fn value(&self) -> serde_json::Value {
        serde_json::from_slice(&self.raw).unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for FieldsV1 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Ok(Self { raw: value.to_string().into_bytes() })
    }
}

/// `core/v1.ServiceSpec`, as far as controllers of load balancers read it.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceSpec {
    /// Its ports.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub ports: Vec<ServicePort>,
    /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`; empty in a manifest that leaves it out.
    #[prost(string, tag = "4")]
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub service_type: String,
    /// `None` or `ClientIP`; empty in a manifest that leaves it out.
    #[prost(string, tag = "7")]
    #[serde(deserialize_with = "or_default")]
    pub session_affinity: String,
    /// The address that the load balancer is wanted to have.
    #[prost(string, tag = "8")]
    #[serde(rename = "loadBalancerIP", deserialize_with = "or_default")]
    pub load_balancer_ip: String,
    /// The CIDR blocks that clients may connect from.
    #[prost(string, repeated, tag = "9")]
    #[serde(deserialize_with = "or_default")]
    pub load_balancer_source_ranges: Vec<String>,
    /// `Cluster` or `Local`; empty in a manifest that leaves it out.
    #[prost(string, tag = "11")]
    #[serde(deserialize_with = "or_default")]
    pub external_traffic_policy: String,
    /// The port of the nodes' health checks, with `Local`.
    #[prost(int32, tag = "12")]
    #[serde(deserialize_with = "or_default")]
    pub health_check_node_port: i32,
    /// The families of its addresses.
    #[prost(string, repeated, tag = "19")]
    #[serde(deserialize_with = "or_default")]
    pub ip_families: Vec<String>,
    /// Whether ports get node ports; unset is true.
    #[prost(bool, optional, tag = "20")]
    pub allocate_load_balancer_node_ports: Option<bool>,
    /// Which controller makes the load balancer; unset leaves it to the cloud provider.
    #[prost(string, optional, tag = "21")]
    pub load_balancer_class: Option<String>,
}

/// `core/v1.ServicePort`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServicePort {
    /// Its name; may be empty where it is the only one.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// `TCP`, `UDP` or `SCTP`; empty in a manifest that leaves it out.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub protocol: String,
    /// Its number.
    #[prost(int32, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub port: i32,
    /// The port of the pods: a number, or the name of a container's port.
    #[prost(message, optional, tag = "4")]
    pub target_port: Option<IntOrString>,
    /// The port of the nodes; 0 where none is allocated.
    #[prost(int32, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub node_port: i32,
}

/// `core/v1.ServiceStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceStatus {
    /// The load balancer.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub load_balancer: LoadBalancerStatus,
}

/// `core/v1.LoadBalancerStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoadBalancerStatus {
    /// Where clients reach it.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub ingress: Vec<LoadBalancerIngress>,
}

/// `core/v1.LoadBalancerIngress`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoadBalancerIngress {
    /// Its address, where it has one.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub ip: String,
    /// Its hostname, where it has one.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub hostname: String,
    /// The ports it serves, where its controller says so.
    #[prost(message, repeated, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub ports: Vec<PortStatus>,
}

/// `core/v1.PortStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PortStatus {
    /// The number of the port.
    #[prost(int32, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub port: i32,
    /// Its protocol.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub protocol: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_say_the_same() {
        let json = serde_json::json!({
            "metadata": {
                "name": "web", "namespace": "shop", "annotations": {"a": "b"}, "finalizers": ["f"],
                "managedFields": [{"manager": "m", "operation": "Update", "subresource": "status", "fieldsV1": {"f:x": {}}}],
            },
            "spec": {"type": "LoadBalancer", "ports": [{"port": 443, "targetPort": "https", "nodePort": 30443}], "loadBalancerClass": "c"},
            "status": {"loadBalancer": {"ingress": [{"hostname": "h"}]}},
        });
        let service: Service = serde_json::from_value(json).unwrap();
        let metadata = MetadataMessage {
            name: service.metadata.name.clone(),
            namespace: service.metadata.namespace.clone(),
            annotations: service.annotations.clone(),
            finalizers: service.finalizers.clone(),
            managed_fields: service.managed_fields.clone(),
            ..MetadataMessage::default()
        };
        let message = ServiceMessage { metadata, spec: service.spec.clone(), status: service.status.clone() };
        let bytes = message.encode_to_vec();
        assert_eq!(Service::decode(&bytes).unwrap(), service);
        assert_eq!(service.annotations["a"], "b");
        assert_eq!(
            service.managed_fields[0].fields_v1.as_ref().unwrap().value(),
            serde_json::json!({"f:x": {}})
        );
        assert_eq!(service.spec.load_balancer_class.as_deref(), Some("c"));
    }
}
