//! The objects that controllers create between a workload and its pods. Quotas see only their number.

use serde_json::Value;

use super::{
    pod_counts::lacks_set,
    revisions::may_lack_revision,
    template::{is_paused, template},
};
use crate::{
    admission::object::{Object, ObjectKind},
    manifest::{Manifest, changed::differs},
    model::kind::{Kind, kind_of, replica_set_kind},
};

/// Returns the kind of the object that stands between a workload of this kind and its pods: a new one for each template,
/// and of a CronJob for each run.
pub fn child_kind(workload: &str) -> Option<Kind> {
    match workload {
        "Deployment" => Some(replica_set_kind()),
        "StatefulSet" | "DaemonSet" => Some(kind_of("apps", "ControllerRevision", "controllerrevisions")),
        "CronJob" => Some(kind_of("batch", "Job", "jobs")),
        _ => None,
    }
}

/// Returns whether the controller of an existing workload needs such an object for the manifest: one that it has already, if the
/// template was there before, or a new one.
pub fn needs_child(manifest: &Manifest, present: &Value) -> bool {
    let kind = manifest.kind.kind.as_str();
    let is_changed = || differs(template(kind, &manifest.value), template(kind, present));
    !is_paused(kind, &manifest.value)
        && (is_changed() || lacks_set(kind, present) || may_lack_revision(kind, present))
}

/// Returns the next such object of a workload.
pub fn child(workload: &Manifest) -> Option<Object> {
    let name = format!("{}-*", workload.name.trim_end_matches("-*"));
    let kind = child_kind(&workload.kind.kind)?;
    Some(Object { kind, namespace: workload.namespace.clone(), name, body: ObjectKind::Counted })
}
