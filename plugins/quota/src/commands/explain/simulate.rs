//! What the server would say now, if what is missing were made.

use serde_json::json;
use shared::{
    admission::{
        Refusal, Shortage,
        server_verdict::PodVerdict,
        simulator::{Outcome, Simulator},
    },
    snapshot::ClusterSnapshot,
    workload::create_pods,
};

use super::missing_pods::{MissingObject as Wanted, MissingPods};

/// What would come of one missing now.
#[derive(Clone, Debug, Default)]
pub struct SimulationResult {
    /// So many would get in.
    pub admitted: usize,
    /// The server's answer to the first that would not.
    pub refusals: Vec<Refusal>,
    /// Whether that depends on chance.
    pub order_dependent: bool,
    /// What quotas lack for all that would not get in.
    pub shortages: Vec<Shortage>,
}

/// Makes what is missing, one missing after the other, as far as it gets in.
pub fn simulate(
    missing_pods: &[MissingPods],
    cluster: &ClusterSnapshot,
    simulator: &mut Simulator,
) -> Vec<SimulationResult> {
    missing_pods.iter().map(|missing| one(missing, cluster, simulator)).collect()
}

fn one(missing: &MissingPods, cluster: &ClusterSnapshot, simulator: &mut Simulator) -> SimulationResult {
    match &missing.of {
        Wanted::One(object) => match simulator.create((**object).clone()) {
            Outcome::Admitted => SimulationResult { admitted: 1, ..SimulationResult::default() },
            Outcome::Refused(refusals) => SimulationResult {
                shortages: simulator.shortages(object, 1),
                refusals,
                ..SimulationResult::default()
            },
            Outcome::OrderDependent(refusals) => {
                SimulationResult { refusals, order_dependent: true, ..SimulationResult::default() }
            }
        },
        Wanted::Pods(manifest) => {
            let mut none = manifest.value.clone();
            none["spec"]["replicas"] = json!(0);
            // These are missing, whatever the controller counted.
            none["status"] = json!(null);
            match create_pods(manifest, Some(&none), cluster.objects(), simulator, PodVerdict::default()) {
                Ok(made) => SimulationResult {
                    admitted: made.pods.admitted,
                    refusals: made.refusals,
                    order_dependent: made.order_dependent,
                    shortages: made.shortages,
                },
                Err(message) => SimulationResult {
                    refusals: vec![Refusal::validation(message)],
                    ..SimulationResult::default()
                },
            }
        }
    }
}

/// Whether everything got in.
pub fn is_complete(results: &[SimulationResult]) -> bool {
    results.iter().all(|result| result.refusals.is_empty())
}
