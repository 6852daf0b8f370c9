//! The objects of a specification, in the order in which they are written: what restricts comes before who may come in.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::model::kind::{Kind, kind_of};

use super::{
    args::{NetworkPolicy, PodSecurity},
    specification::Specification,
};

const LABEL: &str = "pod-security.kubernetes.io";

/// One object to write.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// Its kind.
    pub kind: Kind,
    /// Its namespace; empty for the namespace itself.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The object.
    pub body: Value,
}

impl Manifest {
    /// Returns its name with the kind, as kubectl prints it: `namespace/shop`.
    pub fn object(&self) -> String {
        let resource = self.kind.kind.to_lowercase();
        match self.kind.group.as_str() {
            "" => format!("{resource}/{}", self.name),
            group => format!("{resource}.{group}/{}", self.name),
        }
    }

    /// Returns its path.
    pub fn path(&self) -> String {
        self.kind.object_path(&self.namespace, &self.name)
    }

    /// Returns whether it is this kind.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.kind == kind
    }
}

/// Returns the manifests. An existing namespace keeps its Pod Security level unless another one is named.
pub fn manifests(wanted: &Specification, is_new: bool) -> Vec<Manifest> {
    let namespace = wanted.name.as_str();
    let mut all = vec![namespace_manifest(wanted, is_new)];
    let mut push = |kind: Kind, name: &str, mut body: Value| {
        body["apiVersion"] = json!(kind.api_version());
        body["kind"] = json!(kind.kind);
        body["metadata"] = json!({"name": name, "namespace": namespace});
        all.push(Manifest { kind, namespace: namespace.to_owned(), name: name.to_owned(), body });
    };
    if let Some(range) = &wanted.range {
        let spec = range.manifest(namespace)["spec"].clone();
        push(kind_of("", "LimitRange", "limitranges"), &range.name, json!({"spec": spec}));
    }
    if let Some(quota) = &wanted.quota {
        let spec = quota.manifest(namespace)["spec"].clone();
        push(kind_of("", "ResourceQuota", "resourcequotas"), &quota.name, json!({"spec": spec}));
    }
    for (name, spec) in policies(wanted) {
        let kind = kind_of("networking.k8s.io", "NetworkPolicy", "networkpolicies");
        push(kind, &name, json!({"spec": spec}));
    }
    if let Some(secret) = &wanted.pull_secret {
        let kind = kind_of("", "ServiceAccount", "serviceaccounts");
        push(kind, "default", json!({"imagePullSecrets": [{"name": secret}]}));
    }
    for binding in &wanted.bindings {
        let kind = kind_of("rbac.authorization.k8s.io", "RoleBinding", "rolebindings");
        let body = json!({
            "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io",
                "kind": binding.role.kind(),
                "name": binding.role.name(),
            },
            "subjects": [binding.subject.to_json()],
        });
        push(kind, &binding.name(), body);
    }
    all
}

fn namespace_manifest(wanted: &Specification, is_new: bool) -> Manifest {
    let mut labels: BTreeMap<String, String> = wanted.labels.clone();
    if let Some(level) = wanted.pod_security.or(is_new.then_some(PodSecurity::Baseline)) {
        for mode in ["enforce", "audit", "warn"] {
            labels.entry(format!("{LABEL}/{mode}")).or_insert_with(|| level.word().to_owned());
        }
    }
    let mut metadata = json!({"name": wanted.name});
    if !labels.is_empty() {
        metadata["labels"] = json!(labels);
    }
    let kind = Kind { namespaced: false, ..kind_of("", "Namespace", "namespaces") };
    let body = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata});
    Manifest { kind, namespace: String::new(), name: wanted.name.clone(), body }
}

fn policies(wanted: &Specification) -> Vec<(String, Value)> {
    let types = match wanted.network_policy {
        NetworkPolicy::None => return Vec::new(),
        NetworkPolicy::DenyIngress => json!(["Ingress"]),
        NetworkPolicy::Deny => json!(["Ingress", "Egress"]),
    };
    let namespace = |name: &str| json!({"matchLabels": {"kubernetes.io/metadata.name": name}});
    let mut policies = vec![("default-deny".to_owned(), json!({"podSelector": {}, "policyTypes": types}))];
    for name in &wanted.allow_from {
        let spec = json!({
            "podSelector": {},
            "policyTypes": ["Ingress"],
            "ingress": [{"from": [{"namespaceSelector": namespace(name)}]}],
        });
        policies.push((format!("allow-from-{name}"), spec));
    }
    if wanted.allow_dns {
        let port = |protocol: &str| json!({"port": 53, "protocol": protocol});
        let spec = json!({
            "podSelector": {},
            "policyTypes": ["Egress"],
            "egress": [{
                "to": [{"namespaceSelector": namespace("kube-system")}],
                "ports": [port("UDP"), port("TCP")],
            }],
        });
        policies.push(("allow-dns".to_owned(), spec));
    }
    policies
}
