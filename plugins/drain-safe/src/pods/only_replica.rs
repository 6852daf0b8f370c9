//! How many pods an owner wants.

use serde_json::Value;
use shared::{manifest::json::number, model::OwnerReference};

use crate::facts::{Owner, Owners};

/// Returns how many pods the nearest owner with replicas wants; none for owners without replicas.
pub fn wanted_replicas(owners: &Owners, namespace: &str, controller: &OwnerReference) -> Option<usize> {
    let chain = owners.chain(namespace, controller);
    // A Deployment in the middle of a rollout has ReplicaSets with fewer.
    let replicas = |owner: &OwnerReference| match owners.get(namespace, owner) {
        Owner::Found(object) if has_replicas(&owner.kind) => Some(number(&object["spec"]["replicas"], 1)),
        _ => None,
    };
    chain.iter().rev().find_map(replicas)
}

fn has_replicas(kind: &str) -> bool {
    matches!(kind, "Deployment" | "ReplicaSet" | "StatefulSet" | "ReplicationController")
}

/// Returns whether a Deployment has no rollout under way: everything of its newest template, seen and available.
pub fn is_settled(deployment: &Value) -> bool {
    let status = &deployment["status"];
    let replicas = number(&deployment["spec"]["replicas"], 1);
    let count = |field: &str| number(&status[field], 0);
    status["observedGeneration"].as_i64() >= deployment["metadata"]["generation"].as_i64()
        && ["replicas", "updatedReplicas", "availableReplicas"].iter().all(|field| count(field) == replicas)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rollout_under_way_is_not_settled() {
        let deployment = |available: u32, observed: u32| {
            json!({
                "metadata": {"generation": 2}, "spec": {"replicas": 1},
                "status": {"observedGeneration": observed, "replicas": 1, "updatedReplicas": 1, "availableReplicas": available},
            })
        };
        assert!(is_settled(&deployment(1, 2)));
        assert!(!is_settled(&deployment(0, 2)));
        assert!(!is_settled(&deployment(1, 1)));
    }
}
