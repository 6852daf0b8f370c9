//! What the server would say now, if what is missing were made.

use serde_json::json;
use shared::{
    admission::{
        Refusal, Shortage,
        server_verdict::PodOpinion,
        simulator::{Ledger, Outcome},
    },
    snapshot::ClusterSide,
    workload::make,
};

use super::missing_pods::{Made as Wanted, Need};

/// What would come of one need now.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// So many would get in.
    pub admitted: usize,
    /// The server's answer to the first that would not.
    pub refusals: Vec<Refusal>,
    /// Whether that depends on chance.
    pub by_chance: bool,
    /// What quotas lack for all that would not get in.
    pub shortages: Vec<Shortage>,
}

/// Makes what is missing, one need after the other, as far as it gets in.
pub fn attempt(needs: &[Need], side: &ClusterSide, ledger: &mut Ledger) -> Vec<Trial> {
    needs.iter().map(|need| one(need, side, ledger)).collect()
}

fn one(need: &Need, side: &ClusterSide, ledger: &mut Ledger) -> Trial {
    match &need.of {
        Wanted::One(object) => match ledger.create((**object).clone()) {
            Outcome::Admitted => Trial { admitted: 1, ..Trial::default() },
            Outcome::Refused(refusals) => {
                Trial { shortages: ledger.shortages(object, 1), refusals, ..Trial::default() }
            }
            Outcome::Either(refusals) => Trial { refusals, by_chance: true, ..Trial::default() },
        },
        Wanted::Pods(manifest) => {
            let mut none = manifest.value.clone();
            none["spec"]["replicas"] = json!(0);
            // These are missing, whatever the controller counted.
            none["status"] = json!(null);
            match make(manifest, Some(&none), side, ledger, PodOpinion::default()) {
                Ok(made) => Trial {
                    admitted: made.pods.admitted,
                    refusals: made.refusals,
                    by_chance: made.by_chance,
                    shortages: made.shortages,
                },
                Err(message) => Trial { refusals: vec![Refusal::validation(message)], ..Trial::default() },
            }
        }
    }
}

/// Whether everything got in.
pub fn is_complete(trials: &[Trial]) -> bool {
    trials.iter().all(|trial| trial.refusals.is_empty())
}
