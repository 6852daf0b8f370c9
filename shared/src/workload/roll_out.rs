//! Replaces the pods of a workload as a rollout would.

use serde_json::Value;

use super::{PodCounts, PodCreation, RolloutState, Strategy, controller::ControllerSimulation};
use crate::{
    admission::{server_verdict::PodVerdict, simulator::Simulator},
    manifest::Manifest,
};

/// Replaces the pods of a workload, `before` of them, by `wanted` new ones.
///
/// # Errors
/// A template that the server can't decode, with its message.
pub fn roll_out(
    manifest: &Manifest,
    present: &Value,
    (before, wanted): (usize, usize),
    strategy: Strategy,
    simulator: &mut Simulator,
) -> Result<PodCreation, String> {
    let start = RolloutStart { rollout_state: PodCounts { old: before, new: 0 }.into(), lacks_child: true };
    roll_out_from(manifest, present, (&start, wanted), strategy, simulator)
}

/// The state a rollout starts from.
#[derive(Clone, Debug)]
pub struct RolloutStart {
    /// Its pods.
    pub rollout_state: RolloutState,
    /// Whether the ReplicaSet or ControllerRevision of the new pods has yet to be created.
    pub lacks_child: bool,
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
    simulator: &mut Simulator,
) -> Result<PodCreation, String> {
    let mut controller =
        ControllerSimulation::new(manifest, Some(present), simulator, PodVerdict::default())?;
    let (group, kind, plural) = match manifest.kind.kind.as_str() {
        "Deployment" => ("apps", "ReplicaSet", "replicasets"),
        _ => ("apps", "ControllerRevision", "controllerrevisions"),
    };
    match !start.lacks_child || controller.create_child(group, kind, plural) {
        true => controller.replace(start.rollout_state.clone(), wanted, strategy),
        false => controller.creation.pods.wanted = wanted,
    }
    Ok(controller.finish())
}
