//! ControllerRevisions: StatefulSets and DaemonSets create no pod of a template before they have one of it. No event
//! reports that it was refused.

use serde_json::Value;
use shared::{
    manifest::json::number,
    model::Pod,
    workload::revisions::{self, template_of},
};

use super::namespace_snapshot::{NamespaceSnapshot, is_active, kind, metadata_text};

/// Returns whether the controller of a StatefulSet or DaemonSet has yet to process its last change.
pub fn may_lack_revision(workload: &Value) -> bool {
    revisions::may_lack_revision(kind(workload), workload)
}

/// Returns whether a workload has no ControllerRevision of its template.
pub fn lacks_revision(workload: &Value, snapshot: &NamespaceSnapshot) -> bool {
    revisions::lacks_revision(kind(workload), &snapshot.namespace, workload, snapshot.cluster.objects())
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
    let of = (snapshot.namespace.as_str(), metadata_text(workload, "name"));
    revisions::revisions(kind(workload), of, snapshot.cluster.objects())
}
