//! A workload whose missing objects were simulated against the current rules.

use serde_json::Value;
use shared::{
    admission::{RefusedBy, simulator::Simulator},
    workload::owner::Owner,
};

use super::{
    explanation::Row,
    missing_pods::{MissingPods, missing_pods},
    namespace_snapshot::{NamespaceSnapshot, kind},
    simulate::{SimulationResult, is_complete, simulate},
};
use crate::remedy::Feasibility;

/// A workload with what it lacks and how the server would answer.
#[derive(Debug)]
pub struct SimulatedWorkload<'a> {
    /// The workload.
    pub subject: &'a Value,
    /// The objects that its controllers have yet to create.
    pub missing_pods: Vec<MissingPods<'a>>,
    /// The simulated result for each of them.
    pub results: Vec<SimulationResult>,
}

impl<'a> SimulatedWorkload<'a> {
    /// Simulates the creation of everything that a workload lacks.
    pub fn new(subject: &'a Value, snapshot: &'a NamespaceSnapshot) -> Self {
        let missing_pods = missing_pods(subject, snapshot);
        let results = simulate(&missing_pods, &snapshot.cluster, &mut snapshot.cluster.simulator());
        Self { subject, missing_pods, results }
    }
}

impl SimulatedWorkload<'_> {
    /// Returns what would be refused, resource by resource, each once.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for row in self.results.iter().flat_map(|result| &result.refusals).flat_map(Row::of) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }

    /// Returns who refuses, with the server's message, each once.
    pub fn refusals(&self) -> Vec<(RefusedBy, String)> {
        let mut refusals: Vec<(RefusedBy, String)> = Vec::new();
        for refusal in self.results.iter().flat_map(|result| &result.refusals) {
            let one = (refusal.refused_by.clone(), refusal.message.clone());
            if !refusals.contains(&one) {
                refusals.push(one);
            }
        }
        refusals
    }

    /// Returns the kind and name of the workload.
    pub fn owner(&self) -> Owner {
        Owner::itself(self.subject)
    }

    /// Returns the first missing objects that would be refused, else the first missing objects.
    pub fn first(&self) -> Option<(&MissingPods<'_>, &SimulationResult)> {
        let mut pairs = self.missing_pods.iter().zip(&self.results);
        let refused = pairs.clone().find(|(_, result)| !result.refusals.is_empty());
        refused.or_else(|| pairs.next())
    }

    /// Returns whether a CronJob lacks nothing but the Job of its next schedule.
    pub fn awaits_next_schedule(&self) -> bool {
        kind(self.subject) == "CronJob"
            && self.missing_pods.iter().all(|missing| std::ptr::eq(missing.controller, self.subject))
    }

    /// Simulates everything that is missing against other rules.
    pub fn feasibility(&self, snapshot: &NamespaceSnapshot, rules: &Simulator) -> Feasibility {
        let results = simulate(&self.missing_pods, &snapshot.cluster, &mut rules.clone());
        let shortages = results.iter().flat_map(|result| {
            let of_refusals = result.refusals.iter().flat_map(|refusal| refusal.shortages.clone());
            of_refusals.chain(result.shortages.clone())
        });
        Feasibility {
            complete: is_complete(&results),
            shortages: shortages.collect(),
            refusals: results
                .iter()
                .flat_map(|result| &result.refusals)
                .map(|refusal| (refusal.refused_by.clone(), refusal.message.clone()))
                .collect(),
        }
    }
}
