//! From objects to what they hold.

use serde_json::Value;
use shared::model::{ObjectMeta, Pod};

use super::{
    explanation::Owner,
    held::Held,
    world::{controller, meta, number},
};
use crate::{
    check::read_object::{existing_object, kind_of},
    facts::{Body, Kind, Object, PodFacts},
};

/// A pod. One whose amounts can't be read, which only a dump can hold, holds nothing.
pub fn pod(pod: &Pod, now: i64) -> Option<Held> {
    let facts = PodFacts::of(pod, now).ok()?;
    let metadata = &pod.metadata;
    let owner = match metadata.controller() {
        Some(of) => Owner::new(&of.kind, &of.name),
        None => Owner::new("Pod", &metadata.name),
    };
    let spare = matches!(pod.status.phase.as_str(), "Succeeded" | "Failed");
    let object = Object {
        kind: kind_of("", "Pod", "pods"),
        namespace: metadata.namespace.clone(),
        name: metadata.name.clone(),
        body: Body::Pod(Box::new(facts)),
    };
    Some(Held { owner, object, spare })
}

/// An object of a kind whose content matters.
pub fn value(object: &Value, kind: &Kind, now: i64) -> Option<Held> {
    let (namespace, name) = (meta(object, "namespace"), meta(object, "name"));
    let facts = existing_object(kind, namespace, name, object, now).ok()?;
    let owner = match controller(object) {
        Some((kind, name)) => Owner::new(kind, name),
        None => Owner::new(&kind.kind, name),
    };
    Some(Held { owner, spare: is_spare(object, &kind.kind), object: facts })
}

/// Whether nothing would miss it.
fn is_spare(object: &Value, kind: &str) -> bool {
    match kind {
        "ReplicaSet" => {
            number(&object["spec"]["replicas"], 1) == 0 && number(&object["status"]["replicas"], 0) == 0
        }
        "Job" => object["status"]["conditions"].as_array().is_some_and(|all| {
            all.iter().any(|one| {
                matches!(one["type"].as_str(), Some("Complete" | "Failed")) && one["status"] == "True"
            })
        }),
        _ => false,
    }
}

/// An object of which only the number counts. Those that nobody controls are taken together.
pub fn of_metadata(metadata: &ObjectMeta, kind: &Kind) -> Held {
    let owner = match metadata.controller() {
        Some(of) => Owner::new(&of.kind, &of.name),
        None => Owner::new(&kind.kind, "*"),
    };
    let object = Object {
        kind: kind.clone(),
        namespace: metadata.namespace.clone(),
        name: metadata.name.clone(),
        body: Body::Counted,
    };
    Held { owner, object, spare: false }
}

/// The kind of objects that a quota counts by their plural. What is not known is called by its plural.
pub fn counted(group: &str, plural: &str) -> Kind {
    let known = [
        "ConfigMap",
        "ControllerRevision",
        "CronJob",
        "DaemonSet",
        "Deployment",
        "EndpointSlice",
        "HorizontalPodAutoscaler",
        "Ingress",
        "Job",
        "Lease",
        "LimitRange",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "PodTemplate",
        "ReplicaSet",
        "ReplicationController",
        "ResourceClaim",
        "ResourceClaimTemplate",
        "ResourceQuota",
        "Role",
        "RoleBinding",
        "Secret",
        "Service",
        "ServiceAccount",
        "StatefulSet",
    ];
    let kind = known.into_iter().find(|kind| crate::facts::guessed_plural(kind) == plural);
    kind_of(group, kind.unwrap_or(plural), plural)
}
