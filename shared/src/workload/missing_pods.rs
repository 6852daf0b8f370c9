//! Creates the pods that an existing workload lacks, as its controller would.

use super::{ClusterObjects, PodCreation, controller::ControllerSimulation, stateful_set::create_ordinals};
use crate::{
    admission::{server_verdict::PodVerdict, simulator::Simulator},
    manifest::Manifest,
};

/// The pods that a controller has yet to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodsToCreate {
    /// A number of identical pods.
    Count(usize),
    /// The pods of a StatefulSet with these ordinals, and their claims.
    Ordinals(Vec<usize>),
}

/// Simulates the creation of pods of a workload's current template, whatever its status says about existing pods.
///
/// # Errors
/// A template that the server cannot decode, in its words.
pub fn create_missing_pods(
    workload: &Manifest,
    missing: &PodsToCreate,
    objects: ClusterObjects,
    simulator: &mut Simulator,
) -> Result<PodCreation, String> {
    let verdict = PodVerdict::default();
    let mut controller = ControllerSimulation::new(workload, Some(&workload.value), simulator, verdict)?;
    match missing {
        PodsToCreate::Count(count) => controller.create_more(*count),
        PodsToCreate::Ordinals(ordinals) => create_ordinals(&mut controller, workload, objects, ordinals),
    }
    Ok(controller.finish())
}
