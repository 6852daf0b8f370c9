//! The server's answer if the missing objects were created now.

use shared::{
    admission::{
        Refusal, Shortage,
        object::Object,
        simulator::{Outcome, Simulator},
    },
    snapshot::ClusterSnapshot,
    workload::{PodCreation, create_missing_pods},
};

use super::{
    missing_pods::{MissingObjects, MissingPods},
    rollouts::PendingRollout,
};

/// The simulated creation of the objects that one controller lacks.
#[derive(Clone, Debug, Default)]
pub struct SimulationResult {
    /// The number of admitted objects.
    pub admitted: usize,
    /// The server's answer to the first object that it refuses.
    pub refusals: Vec<Refusal>,
    /// Whether the refusal depends on the order in which LimitRanges apply.
    pub order_dependent: bool,
    /// What quotas are short of for all refused objects.
    pub shortages: Vec<Shortage>,
}

/// Simulates the creation of all missing objects, one controller after the other, as far as they are admitted.
pub fn simulate(
    missing_pods: &[MissingPods],
    cluster: &ClusterSnapshot,
    simulator: &mut Simulator,
) -> Vec<SimulationResult> {
    missing_pods.iter().map(|missing| create(missing, cluster, simulator)).collect()
}

fn create(missing: &MissingPods, cluster: &ClusterSnapshot, simulator: &mut Simulator) -> SimulationResult {
    match &missing.objects {
        MissingObjects::Object(object) => create_object(object, simulator),
        MissingObjects::Claims(claims) => create_claims(claims, simulator),
        MissingObjects::Pods(workload, pods) => {
            of_pods(create_missing_pods(workload, pods, cluster.objects(), simulator))
        }
        MissingObjects::Rollout(rollout) => simulate_rollout(rollout, cluster, simulator),
    }
}

/// Simulates a rollout, or the rest of one.
pub fn simulate_rollout(
    rollout: &PendingRollout,
    cluster: &ClusterSnapshot,
    simulator: &mut Simulator,
) -> SimulationResult {
    of_pods(rollout.simulate(cluster.objects(), simulator))
}

fn of_pods(creation: Result<PodCreation, String>) -> SimulationResult {
    match creation {
        Ok(creation) => SimulationResult {
            admitted: creation.pods.admitted,
            refusals: creation.refusals,
            order_dependent: creation.order_dependent,
            shortages: creation.shortages,
        },
        Err(message) => {
            SimulationResult { refusals: vec![Refusal::validation(message)], ..SimulationResult::default() }
        }
    }
}

fn create_object(object: &Object, simulator: &mut Simulator) -> SimulationResult {
    match simulator.create(object.clone()) {
        Outcome::Admitted => SimulationResult { admitted: 1, ..SimulationResult::default() },
        Outcome::Refused(refusals) => SimulationResult {
            shortages: simulator.shortages(object, 1),
            refusals,
            ..SimulationResult::default()
        },
        Outcome::OrderDependent(refusals) => {
            SimulationResult { refusals, order_dependent: true, ..SimulationResult::default() }
        }
    }
}

/// Creates claims one by one; what one is refused, others may get.
fn create_claims(claims: &[Object], simulator: &mut Simulator) -> SimulationResult {
    let mut result = SimulationResult::default();
    let mut refused = Vec::new();
    for claim in claims {
        match simulator.create(claim.clone()) {
            Outcome::Admitted => result.admitted += 1,
            Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => {
                if result.refusals.is_empty() {
                    result.refusals = refusals;
                }
                refused.push((claim.clone(), 1));
            }
        }
    }
    result.shortages = simulator.shortages_of_all(&refused);
    result
}

/// Returns whether everything was admitted.
pub fn is_complete(results: &[SimulationResult]) -> bool {
    results.iter().all(|result| result.refusals.is_empty())
}
