//! One existing object, with what explains why it counts as it does.

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{
        object::{Object, ObjectKind},
        read_object::{existing_object, pod_object},
        version::Version,
    },
    model::{ContainerStatus, ObjectMeta, Pod, kind::Kind},
    workload::owner::{Owner, controller_of},
};

/// An existing object that quotas may count.
#[derive(Clone, Debug)]
pub struct CountedObject {
    /// The workload that it belongs to, or the object itself.
    pub owner: Owner,
    /// The object as quotas see it.
    pub object: Object,
    /// Whether it is a pod that has finished.
    pub finished: bool,
    /// Whether it is a pod that is still there after its grace period.
    pub overdue: bool,
    /// Whether it is a pod whose containers run with other resources than it asks for.
    pub resized: bool,
}

impl CountedObject {
    /// Returns a pod.
    ///
    /// # Errors
    /// A quantity that only an edited dump can hold.
    pub fn from_pod(pod: &Pod, now: i64, version: Version) -> Result<Self> {
        let object = pod_object(pod, now)?.of_version(version);
        let finished = matches!(pod.status.phase.as_str(), "Succeeded" | "Failed");
        let released = matches!(&object.body, ObjectKind::Pod(facts) if facts.released);
        let statuses = || pod.status.container_statuses.iter().chain(&pod.status.init_container_statuses);
        let differs = |status: &ContainerStatus| {
            let mut containers = pod.spec.containers.iter().chain(&pod.spec.init_containers);
            let spec = containers.find(|container| container.name == status.name);
            status.resources.as_ref().is_some_and(|actual| spec.is_some_and(|spec| spec.resources != *actual))
        };
        Ok(Self {
            owner: Owner::from_pod(pod),
            object,
            finished,
            overdue: released && !finished,
            resized: statuses().any(differs),
        })
    }

    /// Returns any other object of which quotas count more than the number.
    ///
    /// # Errors
    /// As [`CountedObject::from_pod`].
    pub fn from_value(kind: &Kind, value: &Value, now: i64) -> Result<Self> {
        let text = |field: &str| value["metadata"][field].as_str().unwrap_or_default();
        let (namespace, name) = (text("namespace"), text("name"));
        let object = existing_object(kind, namespace, name, value, now)
            .map_err(|error| Error::new(format!("{} {namespace}/{name}: {error}", kind.kind)))?;
        let owner = match controller_of(value) {
            Some(owner) => Owner::new(
                owner["kind"].as_str().unwrap_or_default(),
                owner["name"].as_str().unwrap_or_default(),
            ),
            None => Owner::new(&kind.kind, name),
        };
        Ok(Self { owner, object, finished: false, overdue: false, resized: false })
    }

    /// Returns an object of which quotas count only the number. Those without a controller share one owner.
    pub fn from_metadata(kind: &Kind, metadata: &ObjectMeta) -> Self {
        let object = Object {
            kind: kind.clone(),
            namespace: metadata.namespace.clone(),
            name: metadata.name.clone(),
            body: ObjectKind::Counted,
        };
        let owner = Owner::controlling(metadata).unwrap_or_else(|| Owner::new(&kind.kind, "*"));
        Self { owner, object, finished: false, overdue: false, resized: false }
    }
}
