//! Replaces the pods of a workload as a rollout would.

use serde_json::Value;

use super::{
    ClusterObjects, PodCounts, PodCreation, RolloutState, Strategy, controller::ControllerSimulation,
    stateful_set,
};
use crate::{
    admission::{server_verdict::PodVerdict, simulator::Simulator},
    manifest::Manifest,
};

/// Replaces the pods of a workload, `before` of them, by `wanted` new ones. `objects` hold what the pods bring along, such as the
/// templates of their ResourceClaims.
///
/// # Errors
/// A template that the server can't decode, with its message.
pub fn roll_out(
    manifest: &Manifest,
    present: &Value,
    (before, wanted): (usize, usize),
    strategy: Strategy,
    objects: ClusterObjects,
    simulator: &mut Simulator,
) -> Result<PodCreation, String> {
    let mut controller =
        ControllerSimulation::new(manifest, Some(present), objects, simulator, PodVerdict::default())?;
    match controller.create_child() {
        true => controller.replace(PodCounts { old: before, new: 0 }.into(), wanted, strategy),
        false => controller.creation.pods.wanted = wanted,
    }
    Ok(controller.finish())
}

/// The state a rollout starts from.
#[derive(Clone, Debug)]
pub struct RolloutStart {
    /// Its pods.
    pub rollout_state: RolloutState,
    /// Whether the ReplicaSet or ControllerRevision of the new pods has yet to be created.
    pub lacks_child: bool,
    /// The number of its pods that never got what they bring along.
    pub without_claims: usize,
}

/// Replaces the pods of a workload, from the middle of a rollout, until `wanted` are new.
///
/// # Errors
/// A template that the server can't decode, with its message.
pub fn roll_out_from(
    manifest: &Manifest,
    present: &Value,
    (start, wanted): (&RolloutStart, usize),
    strategy: Strategy,
    objects: ClusterObjects,
    simulator: &mut Simulator,
) -> Result<PodCreation, String> {
    let mut controller =
        ControllerSimulation::new(manifest, Some(present), objects, simulator, PodVerdict::default())?;
    controller.without_claims = start.without_claims;
    if start.lacks_child && !controller.create_child() {
        match manifest.kind.is("apps", "Deployment") {
            true => controller.go_without_child(start.rollout_state.clone(), wanted, strategy),
            false => controller.creation.pods.wanted = wanted,
        }
        return Ok(controller.finish());
    }
    if manifest.kind.is("apps", "StatefulSet") {
        // Pods that are missing come first, and hold up the replacement of the others as long as one is refused.
        let old = start.rollout_state.old.iter().map(|set| set.pods).sum();
        controller.creation.pod_counts = PodCounts { old, new: start.rollout_state.new.pods };
        let missing = stateful_set::create_missing(&mut controller, manifest, objects);
        stateful_set::replace_old(&mut controller, (manifest, objects), wanted, &missing);
    } else {
        controller.replace(start.rollout_state.clone(), wanted, strategy);
    }
    Ok(controller.finish())
}
