//! The kinds as they are published, field by field: openshift/api (`quota/v1`), kubernetes-sigs/hierarchical-namespaces
//! (`config/crd`) and rancher/rancher (`pkg/crds`, and `resource_quota_types.go` for what is newer).

use serde_json::{Value, json};

/// What is special about the definition of a kind.
struct Definition {
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    is_namespaced: bool,
    /// Whether the status is written apart from the rest.
    has_status: bool,
    short_names: &'static [&'static str],
    required: &'static [&'static str],
    columns: Value,
    spec: Value,
    status: Value,
}

impl Definition {
    fn object(self) -> Value {
        let singular = self.kind.to_lowercase();
        let plural = format!("{singular}s");
        let mut version = json!({
            "name": self.version, "served": true, "storage": true,
            "subresources": if self.has_status { json!({"status": {}}) } else { json!({}) },
            "schema": {"openAPIV3Schema": {
                "type": "object",
                "properties": {
                    "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
                    "spec": self.spec, "status": self.status,
                },
            }},
        });
        if !self.required.is_empty() {
            version["schema"]["openAPIV3Schema"]["required"] = json!(self.required);
        }
        if self.columns.is_array() {
            version["additionalPrinterColumns"] = self.columns;
        }
        json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": format!("{plural}.{}", self.group)},
            "spec": {
                "group": self.group, "scope": if self.is_namespaced { "Namespaced" } else { "Cluster" },
                "names": {
                    "kind": self.kind, "plural": plural, "singular": singular,
                    "listKind": format!("{}List", self.kind), "shortNames": self.short_names,
                },
                "versions": [version],
            },
        })
    }
}

fn map(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

fn strings() -> Value {
    json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "atomic"})
}

/// Texts by name.
fn texts() -> Value {
    json!({"type": "object", "additionalProperties": {"type": "string"}})
}

/// Amounts by name, as OpenShift and HNC write them.
fn amounts() -> Value {
    json!({"type": "object", "additionalProperties": {
        "anyOf": [{"type": "integer"}, {"type": "string"}], "x-kubernetes-int-or-string": true,
        "pattern": r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$",
    }})
}

fn hard_and_used() -> Value {
    map(json!({"hard": amounts(), "used": amounts()}))
}

/// Requirements of a selector, which name a key by `key`.
fn requirements(key: &str) -> Value {
    let text = json!({"type": "string"});
    let properties = json!({key: text, "operator": text, "values": strings()});
    json!({
        "type": "array", "x-kubernetes-list-type": "atomic",
        "items": {"type": "object", "required": [key, "operator"], "properties": properties},
    })
}

fn cluster_quota_spec() -> Value {
    let mut scope_selector = map(json!({"matchExpressions": requirements("scopeName")}));
    scope_selector["x-kubernetes-map-type"] = json!("atomic");
    let mut labels = map(json!({"matchExpressions": requirements("key"), "matchLabels": texts()}));
    labels["x-kubernetes-map-type"] = json!("atomic");
    labels["nullable"] = json!(true);
    let mut annotations = texts();
    annotations["nullable"] = json!(true);
    let mut spec = map(json!({
        "quota": map(json!({"hard": amounts(), "scopeSelector": scope_selector, "scopes": strings()})),
        "selector": map(json!({"annotations": annotations, "labels": labels})),
    }));
    spec["required"] = json!(["quota", "selector"]);
    spec
}

fn cluster_quota_status() -> Value {
    let mut of_namespace = map(json!({"namespace": {"type": "string"}, "status": hard_and_used()}));
    of_namespace["required"] = json!(["namespace", "status"]);
    let mut status = map(json!({
        "namespaces": {"type": "array", "nullable": true, "items": of_namespace}, "total": hard_and_used(),
    }));
    status["required"] = json!(["total"]);
    status
}

/// OpenShift's quotas over several namespaces.
pub fn cluster_resource_quota() -> Value {
    Definition {
        group: "quota.openshift.io",
        version: "v1",
        kind: "ClusterResourceQuota",
        is_namespaced: false,
        has_status: true,
        short_names: &[],
        required: &["metadata", "spec"],
        columns: Value::Null,
        spec: cluster_quota_spec(),
        status: cluster_quota_status(),
    }
    .object()
}

/// The same as a namespace sees them. OpenShift's own API server answers for these, with the fields of
/// ClusterResourceQuota; a definition stands in for it.
pub fn applied_cluster_resource_quota() -> Value {
    Definition {
        group: "quota.openshift.io",
        version: "v1",
        kind: "AppliedClusterResourceQuota",
        is_namespaced: true,
        has_status: false,
        short_names: &[],
        required: &["metadata", "spec"],
        columns: Value::Null,
        spec: cluster_quota_spec(),
        status: cluster_quota_status(),
    }
    .object()
}

/// HNC's quotas over a namespace and its descendants.
pub fn hierarchical_resource_quota() -> Value {
    let text = json!({"type": "string"});
    Definition {
        group: "hnc.x-k8s.io",
        version: "v1alpha2",
        kind: "HierarchicalResourceQuota",
        is_namespaced: true,
        has_status: false,
        short_names: &["hrq"],
        required: &[],
        columns: json!([
            {"name": "Request", "type": "string", "jsonPath": ".status.requestsSummary"},
            {"name": "Limit", "type": "string", "jsonPath": ".status.limitsSummary"},
        ]),
        spec: map(json!({"hard": amounts()})),
        status: map(json!({
            "hard": amounts(), "limitsSummary": text, "requestsSummary": text, "used": amounts(),
        })),
    }
    .object()
}

/// Rancher's projects.
pub fn project() -> Value {
    let text = json!({"type": "string"});
    let all_texts = |names: &[&str]| -> Value {
        names.iter().map(|name| ((*name).to_owned(), text.clone())).collect::<serde_json::Map<_, _>>().into()
    };
    let mut amounts = all_texts(&[
        "configMaps",
        "limitsCpu",
        "limitsMemory",
        "persistentVolumeClaims",
        "pods",
        "replicationControllers",
        "requestsCpu",
        "requestsMemory",
        "requestsStorage",
        "secrets",
        "services",
        "servicesLoadBalancers",
        "servicesNodePorts",
    ]);
    amounts["extended"] = texts();
    let limit = map(amounts);
    let mut spec = map(json!({
        "clusterName": text, "description": text, "displayName": text,
        "enableProjectMonitoring": {"type": "boolean"},
        "containerDefaultResourceLimit":
            map(all_texts(&["limitsCpu", "limitsMemory", "requestsCpu", "requestsMemory"])),
        "namespaceDefaultResourceQuota": map(json!({"limit": limit})),
        "resourceQuota": map(json!({"limit": limit, "usedLimit": limit})),
    }));
    spec["required"] = json!(["clusterName", "displayName"]);
    let mut condition =
        map(all_texts(&["lastTransitionTime", "lastUpdateTime", "message", "reason", "status", "type"]));
    condition["required"] = json!(["status", "type"]);
    Definition {
        group: "management.cattle.io",
        version: "v3",
        kind: "Project",
        is_namespaced: true,
        has_status: false,
        short_names: &[],
        required: &[],
        columns: Value::Null,
        spec,
        status: map(json!({
            "backingNamespace": text, "conditions": {"type": "array", "items": condition},
        })),
    }
    .object()
}
