//! Creates the pods that an existing workload lacks, or gets when it is scaled up, as its controller would.

use std::ops::Range;

use super::{
    ClusterObjects, PodCreation,
    controller::ControllerSimulation,
    stateful_set::{create_ordinals, next_ordinals},
};
use crate::{
    admission::{object::Object, server_verdict::PodVerdict, simulator::Simulator},
    manifest::Manifest,
};

/// The pods that a controller has yet to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodsToCreate {
    /// A number of identical pods.
    Count(usize),
    /// The pods of a StatefulSet with these ordinals, and their claims.
    Ordinals(Vec<Range<usize>>),
}

/// Number of pods from which a workload counts as unlimited: more than the API can ask for.
const UNLIMITED: usize = u32::MAX as usize;

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
    let mut controller =
        ControllerSimulation::new(workload, Some(&workload.value), objects, simulator, verdict)?;
    match missing {
        PodsToCreate::Count(count) => controller.create_more(*count),
        PodsToCreate::Ordinals(ordinals) => create_ordinals(&mut controller, workload, objects, ordinals),
    }
    Ok(controller.finish())
}

/// Creates pods of a workload's template, each with everything that it needs, until one is refused. `before` are the
/// objects that have to be created first; `pods` is the number of pods that the workload has. Returns the number of pods,
/// `None` for any number, with what is refused then.
///
/// # Errors
/// A template that the server cannot decode, in its words.
pub fn fitting_pods(
    workload: &Manifest,
    pods: usize,
    before: &[Object],
    objects: ClusterObjects,
    simulator: &mut Simulator,
) -> Result<(Option<usize>, PodCreation), String> {
    let verdict = PodVerdict::default();
    let mut controller =
        ControllerSimulation::new(workload, Some(&workload.value), objects, simulator, verdict)?;
    if !before.iter().all(|object| controller.create(object.clone())) {
        return Ok((Some(0), controller.finish()));
    }
    if workload.kind.is("apps", "StatefulSet") {
        let ordinals = next_ordinals(workload, objects, pods, UNLIMITED);
        create_ordinals(&mut controller, workload, objects, &ordinals);
    } else {
        controller.create_whole(UNLIMITED);
    }
    let creation = controller.finish();
    let limit = (!creation.refusals.is_empty()).then_some(creation.pods.admitted);
    Ok((limit, creation))
}
