//! What a pod is one of several of, told by the pod alone, as a watch shows it.

use std::fmt;

use shared::model::ObjectMeta;

/// The workload of a pod: its Deployment, or else its controller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Workload {
    /// Its namespace.
    pub namespace: String,
    /// `Deployment`.
    pub kind: String,
    /// Its name.
    pub name: String,
}

impl Workload {
    /// Returns the workload of a pod with this metadata; none of a pod that no controller manages. A Deployment names its
    /// ReplicaSets by its own name and the hash that their pods carry as a label
    /// (`getNewReplicaSet` in Kubernetes' `pkg/controller/deployment/sync.go`), so that a rollout does not end a workload.
    pub fn of(metadata: &ObjectMeta) -> Option<Self> {
        let controller = metadata.controller()?;
        let hash = metadata.labels.get("pod-template-hash").map(|hash| format!("-{hash}"));
        let deployment = hash.and_then(|hash| controller.name.strip_suffix(&hash).map(str::to_owned));
        let (kind, name) = match deployment.filter(|_| controller.kind == "ReplicaSet") {
            Some(name) => ("Deployment".to_owned(), name),
            None => (controller.kind.clone(), controller.name.clone()),
        };
        Some(Self { namespace: metadata.namespace.clone(), kind, name })
    }

    /// Reads what [`Workload::key`] has written.
    pub fn of_key(key: &str) -> Option<Self> {
        let mut words = key.splitn(3, '/').map(ToOwned::to_owned);
        Some(Self { namespace: words.next()?, kind: words.next()?, name: words.next()? })
    }

    /// Returns it as one word, for documents that are read again.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.namespace, self.kind, self.name)
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(kind: &str, name: &str, hash: Option<&str>) -> Option<String> {
        let metadata = json!({
            "namespace": "shop", "labels": hash.map(|hash| json!({"pod-template-hash": hash})).unwrap_or(json!({})),
            "ownerReferences": [{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": "u", "controller": true}],
        });
        let metadata: ObjectMeta = serde_json::from_value(metadata).unwrap();
        Workload::of(&metadata).map(|workload| workload.to_string())
    }

    #[test]
    fn pods_of_all_revisions_of_a_deployment_are_of_one_workload() {
        assert_eq!(of("ReplicaSet", "web-7f6c", Some("7f6c")).unwrap(), "Deployment shop/web");
        assert_eq!(of("ReplicaSet", "web-8a1b", Some("8a1b")).unwrap(), "Deployment shop/web");
        assert_eq!(of("ReplicaSet", "alone", None).unwrap(), "ReplicaSet shop/alone");
        assert_eq!(of("StatefulSet", "db", None).unwrap(), "StatefulSet shop/db");
        assert_eq!(Workload::of(&ObjectMeta::default()), None);
    }
}
