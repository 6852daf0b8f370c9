//! The pods of a StatefulSet, each with a name and claims of its own, created in order.

use serde_json::Value;

use super::{
    ClusterObjects, PodCounts, Pods, Strategy, claim_templates, controller::ControllerSimulation,
    pod_counts::existing_indexes,
};
use crate::{
    admission::{Refusal, object::Object, read_object::new_object},
    manifest::{Key, Manifest, json::number},
};

/// Creates the missing pods one by one, each after its claims. A refused pod holds up the later ones unless the policy
/// is `Parallel`. Returns the indexes that had no pod.
pub(super) fn create_missing(
    controller: &mut ControllerSimulation,
    manifest: &Manifest,
    objects: ClusterObjects,
) -> Vec<usize> {
    if controller.changed {
        controller.create_child("apps", "ControllerRevision", "controllerrevisions");
    }
    let set = &manifest.value;
    let exists = |ordinal: usize| objects.exists(&claim_templates::pod_key(manifest, ordinal));
    let present = existing_indexes(set, controller.creation.pod_counts.pods(), exists);
    let ordinals = claim_templates::ordinals(set);
    let missing: Vec<_> = (0..ordinals.len()).filter(|index| !present.contains(index)).collect();
    let missing_ordinals: Vec<_> = missing.iter().map(|index| ordinals.start + index).collect();
    create_ordinals(controller, manifest, objects, &missing_ordinals);
    missing
}

/// Creates the pods of these ordinals one by one, each after its claims. A refused pod holds up the later ones unless
/// `podManagementPolicy` is `Parallel`.
pub(super) fn create_ordinals(
    controller: &mut ControllerSimulation,
    manifest: &Manifest,
    objects: ClusterObjects,
    ordinals: &[usize],
) {
    let set = &manifest.value;
    let kind = claim_templates::claim_kind();
    let parallel = set["spec"]["podManagementPolicy"] == "Parallel";
    controller.creation.pods.wanted = ordinals.len();
    for &ordinal in ordinals {
        let mut complete = true;
        for (name, template) in claim_templates::claims_of_pod(set, &manifest.name, ordinal) {
            if objects.exists(&Key::new(&kind, &manifest.namespace, &name)) {
                continue;
            }
            complete &= match new_object(&kind, &manifest.namespace, &name, template) {
                Ok(claim) => controller.create(claim),
                Err(message) => controller.refuse(vec![Refusal::validation(message)]),
            };
        }
        let pod = Object { name: format!("{}-{ordinal}", manifest.name), ..controller.pod.clone() };
        if complete && controller.create_pod(pod) {
            controller.creation.pods.admitted += 1;
        } else if !parallel {
            break;
        }
    }
}

/// Replaces the pods of earlier templates one by one, except those below the partition. `missing` are the indexes that
/// had no pod.
pub(super) fn replace_old(
    controller: &mut ControllerSimulation,
    spec: &Value,
    replicas: usize,
    missing: &[usize],
) {
    let strategy = &spec["updateStrategy"];
    let partition = number(&strategy["rollingUpdate"]["partition"], 0);
    let created = controller.creation.pods;
    let mut pod_counts = controller.creation.pod_counts;
    // Pods of the current template have the highest ordinals.
    let to_replace =
        (partition..replicas).filter(|index| !missing.contains(index)).count().saturating_sub(pod_counts.new);
    pod_counts.new += created.admitted;
    controller.creation.pod_counts = pod_counts;
    let is_blocked = strategy["type"] == "OnDelete" || !controller.creation.refusals.is_empty();
    if is_blocked || pod_counts.old == 0 || to_replace == 0 {
        return;
    }
    let rollout_state = PodCounts { old: to_replace, new: 0 }.into();
    controller.replace(rollout_state, to_replace, Strategy::Rolling { surge: 0, unavailable: 1 });
    let replacements = controller.creation.pods;
    controller.creation.pods = Pods {
        wanted: created.wanted + replacements.wanted,
        admitted: created.admitted + replacements.admitted,
    };
    pod_counts.old = pod_counts.old.saturating_sub(replacements.admitted);
    pod_counts.new += replacements.admitted;
    controller.creation.pod_counts = pod_counts;
}
