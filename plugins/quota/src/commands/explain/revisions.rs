//! ControllerRevisions: StatefulSets and DaemonSets create no pod of a template before they have one of it. No event
//! reports that it was refused.

use serde_json::Value;
use shared::{
    manifest::{changed::differs, json::number},
    model::Pod,
    workload::owner::controller_of,
};

use super::namespace_snapshot::{NamespaceSnapshot, is_active, kind, metadata_text};

/// Returns whether the controller of a StatefulSet or DaemonSet has yet to process its last change: it writes the status
/// only once the ControllerRevision exists.
pub fn may_lack_revision(workload: &Value) -> bool {
    let generation = &workload["metadata"]["generation"];
    matches!(kind(workload), "StatefulSet" | "DaemonSet")
        && generation.is_number()
        && workload["status"]["observedGeneration"] != *generation
}

/// Returns whether a workload has no ControllerRevision of its template.
pub fn lacks_revision(workload: &Value, snapshot: &NamespaceSnapshot) -> bool {
    if !may_lack_revision(workload) {
        return false;
    }
    !revisions(workload, snapshot)
        .any(|revision| !differs(&workload["spec"]["template"], &template_of(revision)))
}

/// Returns the template of the newest ControllerRevision of a workload, as far as they were read.
pub fn latest_template(workload: &Value, snapshot: &NamespaceSnapshot) -> Option<Value> {
    revisions(workload, snapshot).max_by_key(|revision| revision["revision"].as_i64()).map(template_of)
}

/// Returns whether a StatefulSet or DaemonSet has pods of an earlier template, by its status.
pub fn is_rolling(workload: &Value) -> bool {
    let status = &workload["status"];
    match kind(workload) {
        "StatefulSet" => status["currentRevision"] != status["updateRevision"],
        "DaemonSet" => {
            let scheduled = |field: &str| number(&status[field], 0);
            scheduled("updatedNumberScheduled") < scheduled("desiredNumberScheduled")
        }
        _ => false,
    }
}

/// Returns how many pods a StatefulSet or DaemonSet has of earlier templates, and one of those templates; `None` where
/// neither pods nor ControllerRevisions tell.
pub fn old_pods(workload: &Value, snapshot: &NamespaceSnapshot) -> Option<(usize, Value)> {
    // The pods of a StatefulSet have the name of their revision, those of a DaemonSet its last part.
    let is_of = |pod: &Pod, revision: &Value| {
        let hash = pod.metadata.labels.get("controller-revision-hash").map_or("", String::as_str);
        let name = metadata_text(revision, "name");
        !hash.is_empty() && (name == hash || name.strip_suffix(hash).is_some_and(|rest| rest.ends_with('-')))
    };
    let newest = revisions(workload, snapshot).max_by_key(|revision| revision["revision"].as_i64())?;
    let pods = snapshot.pods_controlled_by(workload)?;
    let old: Vec<&Pod> = pods.filter(|pod| is_active(pod) && !is_of(pod, newest)).collect();
    let first = old.first()?;
    let revision = revisions(workload, snapshot).find(|revision| is_of(first, revision))?;
    Some((old.len(), template_of(revision)))
}

/// Returns the ControllerRevisions of a workload.
fn revisions<'a>(workload: &'a Value, snapshot: &'a NamespaceSnapshot) -> impl Iterator<Item = &'a Value> {
    let is_owned = |revision: &&Value| {
        controller_of(revision).is_some_and(|owner| {
            owner["kind"] == *kind(workload) && owner["name"] == *metadata_text(workload, "name")
        })
    };
    let of_namespace = snapshot.cluster.existing.iter().filter(|(key, _)| {
        key.kind.0 == "apps" && key.kind.1 == "ControllerRevision" && key.namespace == snapshot.namespace
    });
    of_namespace.map(|(_, revision)| revision).filter(is_owned)
}

fn template_of(revision: &Value) -> Value {
    let mut template = revision["data"]["spec"]["template"].clone();
    if let Some(template) = template.as_object_mut() {
        template.remove("$patch");
    }
    template
}
