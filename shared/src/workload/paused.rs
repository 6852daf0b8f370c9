//! Paused Deployments: they create no ReplicaSet, but scale those they have (`sync` in
//! `pkg/controller/deployment/sync.go`).

use serde_json::Value;

use super::{PodCounts, controller::ControllerSimulation};

/// The annotation that a Deployment gets with its first ReplicaSet.
const REVISION: &str = "deployment.kubernetes.io/revision";

/// Creates the pods that a paused Deployment lacks, of the template that its pods have.
pub(super) fn scale(controller: &mut ControllerSimulation, old: Option<&Value>, replicas: usize) {
    let before = controller.creation.pod_counts;
    let lacking = replicas.saturating_sub(before.pods());
    let has_set =
        before.pods() > 0 || old.is_some_and(|old| !old["metadata"]["annotations"][REVISION].is_null());
    controller.creation.waits = controller.changed || !has_set || before.old > 0;
    if !has_set || lacking == 0 {
        return;
    }
    if PodCounts::from_status("Deployment", old, false, before.pods()).old > 0 {
        controller.creation.pods.wanted = lacking;
        controller.creation.doubt =
            Some("it is paused with pods of an earlier template, which only its ReplicaSets know".to_owned());
        return;
    }
    if let Some(pod) = controller.old_pod.clone() {
        controller.pod = pod;
    }
    controller.create_more(lacking);
    if controller.changed {
        controller.creation.pod_counts =
            PodCounts { old: before.old + controller.creation.pods.admitted, new: before.new };
    }
}
