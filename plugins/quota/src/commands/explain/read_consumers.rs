//! From objects to what they hold.

use serde_json::Value;
use shared::{
    admission::{
        object::{Object, ObjectKind},
        read_object::existing_object,
    },
    model::{ObjectMeta, Pod, kind::Kind},
    snapshot::count_objects::pod_object,
    workload::{job::has_ended, owner::Owner},
};

use super::{
    consumers::QuotaConsumer,
    namespace_snapshot::{controller, metadata_text, number},
};

/// Whether more counts of objects of this resource than their number.
pub fn is_read_whole(resource: &str) -> bool {
    matches!(
        resource,
        "services"
            | "persistentvolumeclaims"
            | "replicasets.apps"
            | "jobs.batch"
            | "resourceclaims.resource.k8s.io"
    )
}

/// A pod. One whose amounts can't be read, which only a dump can hold, holds nothing.
pub fn pod(pod: &Pod, now: i64) -> Option<QuotaConsumer> {
    let metadata = &pod.metadata;
    let owner = Owner::controlling(metadata).unwrap_or_else(|| Owner::new("Pod", &metadata.name));
    let reclaimable = matches!(pod.status.phase.as_str(), "Succeeded" | "Failed");
    Some(QuotaConsumer { owner, object: pod_object(pod, now).ok()?, reclaimable })
}

/// An object of a kind whose content matters.
pub fn value(object: &Value, kind: &Kind, now: i64) -> Option<QuotaConsumer> {
    let (namespace, name) = (metadata_text(object, "namespace"), metadata_text(object, "name"));
    let facts = existing_object(kind, namespace, name, object, now).ok()?;
    let owner = match controller(object) {
        Some((kind, name)) => Owner::new(kind, name),
        None => Owner::new(&kind.kind, name),
    };
    Some(QuotaConsumer { owner, reclaimable: is_spare(object, &kind.kind), object: facts })
}

/// Whether nothing would miss it.
fn is_spare(object: &Value, kind: &str) -> bool {
    match kind {
        "ReplicaSet" => {
            number(&object["spec"]["replicas"], 1) == 0 && number(&object["status"]["replicas"], 0) == 0
        }
        "Job" => has_ended(object),
        _ => false,
    }
}

/// An object of which only the number counts. Those that nobody controls are taken together.
pub fn of_metadata(metadata: &ObjectMeta, kind: &Kind) -> QuotaConsumer {
    let owner = Owner::controlling(metadata).unwrap_or_else(|| Owner::new(&kind.kind, "*"));
    let object = Object {
        kind: kind.clone(),
        namespace: metadata.namespace.clone(),
        name: metadata.name.clone(),
        body: ObjectKind::Counted,
    };
    QuotaConsumer { owner, object, reclaimable: false }
}
