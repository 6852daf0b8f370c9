//! Where an object lives on the API server.

use crate::error::{Error, Result};
use serde_json::Value;

/// Kinds without a namespace that tests make. Everything else goes to `default` when it names no namespace.
const CLUSTER_SCOPED: [&str; 19] = [
    "Namespace",
    "Node",
    "PersistentVolume",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterResourceQuota",
    "PriorityClass",
    "StorageClass",
    "RuntimeClass",
    "IngressClass",
    "VolumeAttributesClass",
    "CSINode",
    "CSIDriver",
    "CustomResourceDefinition",
    "DeviceClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
];

/// The path of the collection an object belongs to, such as `/apis/apps/v1/namespaces/web/deployments`.
pub fn collection(object: &Value) -> Result<String> {
    let field = |name: &str| {
        object[name].as_str().ok_or_else(|| Error::new(format!("an object without {name}: {object}")))
    };
    let (version, kind) = (field("apiVersion")?, field("kind")?);
    let root = if version.contains('/') { format!("/apis/{version}") } else { format!("/api/{version}") };
    let plural = plural(kind);
    if CLUSTER_SCOPED.contains(&kind) {
        return Ok(format!("{root}/{plural}"));
    }
    let namespace = object["metadata"]["namespace"].as_str().unwrap_or("default");
    Ok(format!("{root}/namespaces/{namespace}/{plural}"))
}

/// The path of an object itself.
pub fn object(object: &Value) -> Result<String> {
    let name = object["metadata"]["name"]
        .as_str()
        .ok_or_else(|| Error::new(format!("an object without a name: {object}")))?;
    Ok(format!("{}/{name}", collection(object)?))
}

/// The rules by which Kubernetes names its resources.
fn plural(kind: &str) -> String {
    let kind = kind.to_lowercase();
    if kind == "endpoints" {
        kind
    } else if let Some(stem) = kind.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ies")
    } else if kind.ends_with('s') {
        format!("{kind}es")
    } else {
        format!("{kind}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plurals_as_kubernetes_forms_them() {
        let known = [
            ("Pod", "pods"),
            ("NetworkPolicy", "networkpolicies"),
            ("Ingress", "ingresses"),
            ("StorageClass", "storageclasses"),
            ("Endpoints", "endpoints"),
            ("Gateway", "gateways"),
            ("ResourceQuota", "resourcequotas"),
        ];
        for (kind, expected) in known {
            assert_eq!(plural(kind), expected);
        }
    }

    #[test]
    fn paths_by_group_and_scope() {
        let quota =
            json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q", "namespace": "a"}});
        assert_eq!(object(&quota).unwrap(), "/api/v1/namespaces/a/resourcequotas/q");
        let role = json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "r"}});
        assert_eq!(object(&role).unwrap(), "/apis/rbac.authorization.k8s.io/v1/clusterroles/r");
        let nameless = json!({"apiVersion": "apps/v1", "kind": "Deployment"});
        assert_eq!(collection(&nameless).unwrap(), "/apis/apps/v1/namespaces/default/deployments");
        assert_eq!(
            object(&nameless).unwrap_err().to_string(),
            format!("an object without a name: {nameless}")
        );
    }
}
