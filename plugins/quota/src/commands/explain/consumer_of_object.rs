//! What quotas charge for an existing object.

use serde_json::Value;
use shared::{
    admission::{
        object::{Object, ObjectKind},
        read_object::{existing_object, pod_object},
    },
    manifest::json::number,
    model::{ObjectMeta, Pod, kind::Kind},
    workload::{job::has_ended, owner::Owner},
};

use super::{
    consumers::QuotaConsumer,
    namespace_snapshot::{controller, metadata_text},
};

/// Returns whether more than the metadata decides what is charged for objects of this resource, or whether they are
/// reclaimable.
pub fn needs_whole_objects(resource: &str) -> bool {
    matches!(
        resource,
        "services"
            | "persistentvolumeclaims"
            | "replicasets.apps"
            | "jobs.batch"
            | "resourceclaims.resource.k8s.io"
    )
}

/// Returns a pod as a consumer; `None` where its amounts cannot be read, which only an edited dump can contain.
pub fn pod_consumer(pod: &Pod, now: i64) -> Option<QuotaConsumer> {
    let metadata = &pod.metadata;
    let owner = Owner::controlling(metadata).unwrap_or_else(|| Owner::new("Pod", &metadata.name));
    let reclaimable = matches!(pod.status.phase.as_str(), "Succeeded" | "Failed");
    Some(QuotaConsumer { owner, object: pod_object(pod, now).ok()?, reclaimable, scalable: true })
}

/// Returns a whole object as a consumer.
pub fn object_consumer(object: &Value, kind: &Kind, now: i64) -> Option<QuotaConsumer> {
    let (namespace, name) = (metadata_text(object, "namespace"), metadata_text(object, "name"));
    let facts = existing_object(kind, namespace, name, object, now).ok()?;
    let owner = match controller(object) {
        Some((kind, name)) => Owner::new(kind, name),
        None => Owner::new(&kind.kind, name),
    };
    Some(QuotaConsumer {
        owner,
        reclaimable: is_reclaimable(object, &kind.kind),
        object: facts,
        scalable: true,
    })
}

fn is_reclaimable(object: &Value, kind: &str) -> bool {
    match kind {
        "ReplicaSet" => {
            number(&object["spec"]["replicas"], 1) == 0 && number(&object["status"]["replicas"], 0) == 0
        }
        "Job" => has_ended(object),
        _ => false,
    }
}

/// Returns an object as a consumer of which quotas see only the number. Those without a controller share one owner.
pub fn counted_consumer(metadata: &ObjectMeta, kind: &Kind) -> QuotaConsumer {
    let owner = Owner::controlling(metadata).unwrap_or_else(|| Owner::new(&kind.kind, "*"));
    let object = Object {
        kind: kind.clone(),
        namespace: metadata.namespace.clone(),
        name: metadata.name.clone(),
        body: ObjectKind::Counted,
    };
    QuotaConsumer { owner, object, reclaimable: false, scalable: true }
}
