//! The resources of the objects that a workload's controllers create.

use crate::manifest::Manifest;

/// Returns group and plural of an object's own resource and of everything that is created for it.
pub fn created_resources(manifest: &Manifest) -> Vec<(&str, &str)> {
    let Manifest { kind, value, .. } = manifest;
    let mut resources = vec![(kind.group.as_str(), kind.plural.as_str())];
    if kind.pod_spec_path().is_some() {
        resources.push(("", "pods"));
    }
    match kind.kind.as_str() {
        "Deployment" => resources.push(("apps", "replicasets")),
        "StatefulSet" | "DaemonSet" => resources.push(("apps", "controllerrevisions")),
        "CronJob" => resources.push(("batch", "jobs")),
        _ => {}
    }
    if value["spec"]["volumeClaimTemplates"].as_array().is_some_and(|templates| !templates.is_empty()) {
        resources.push(("", "persistentvolumeclaims"));
    }
    resources
}
