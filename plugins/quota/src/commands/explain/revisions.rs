//! ControllerRevisions: StatefulSets and DaemonSets create no pod of a template before they have one of it. No event
//! reports that it was refused.

use serde_json::Value;
use shared::{manifest::changed::differs, workload::child_kind, workload::owner::controller_of};

use super::namespace_snapshot::{NamespaceSnapshot, kind, metadata_text};

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
    let Some(revision_kind) = child_kind(kind(workload)) else { return false };
    let revisions = snapshot.cluster.existing.iter().filter(|(key, _)| {
        (key.kind.0.as_str(), key.kind.1.as_str())
            == (revision_kind.group.as_str(), revision_kind.kind.as_str())
            && key.namespace == snapshot.namespace
    });
    !revisions.map(|(_, revision)| revision).any(|revision| is_revision_of(revision, workload))
}

fn is_revision_of(revision: &Value, workload: &Value) -> bool {
    let is_owned = controller_of(revision).is_some_and(|owner| {
        owner["kind"] == *kind(workload) && owner["name"] == *metadata_text(workload, "name")
    });
    let mut template = revision["data"]["spec"]["template"].clone();
    if let Some(template) = template.as_object_mut() {
        template.remove("$patch");
    }
    is_owned && !differs(&workload["spec"]["template"], &template)
}
