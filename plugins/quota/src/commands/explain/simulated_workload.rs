//! A workload whose missing objects were simulated against the current rules.

use serde_json::Value;
use shared::{
    admission::{RefusedBy, simulator::Simulator},
    snapshot::ClusterSnapshot,
    workload::owner::Owner,
};

use super::{
    explanation::Row,
    missing_pods::{MissingObjects, MissingPods, missing_pods},
    namespace_snapshot::{NamespaceSnapshot, kind},
    rollouts::PendingRollout,
    simulate::{SimulationResult, is_complete, simulate, simulate_rollout},
};
use crate::remedy::{self, Feasibility};

/// A workload with what it lacks and how the server would answer.
#[derive(Clone, Debug)]
pub struct SimulatedWorkload<'a> {
    /// The workload.
    pub subject: &'a Value,
    /// The objects that its controllers have yet to create.
    pub missing_pods: Vec<MissingPods<'a>>,
    /// The simulated result for each of them.
    pub results: Vec<SimulationResult>,
    /// The rest of a rollout that has begun, and that what is missing holds up.
    pub rest: Option<PendingRollout>,
}

impl<'a> SimulatedWorkload<'a> {
    /// Simulates the creation of everything that a workload lacks.
    pub fn new(subject: &'a Value, snapshot: &'a NamespaceSnapshot) -> Self {
        let missing_pods = missing_pods(subject, snapshot);
        let mut simulator = snapshot.cluster.simulator();
        let results = simulate(&missing_pods, &snapshot.cluster, &mut simulator);
        let is_held_up = !missing_pods.is_empty()
            && !missing_pods.iter().any(|missing| matches!(missing.objects, MissingObjects::Rollout(_)));
        let rest = PendingRollout::rest(subject, snapshot).filter(|_| is_held_up);
        let mut simulated = Self { subject, missing_pods, results, rest };
        match is_complete(&simulated.results) {
            true => simulated.go_on(&snapshot.cluster, &mut simulator),
            false => simulated.make_room(snapshot),
        }
        simulated
    }

    /// Where all that is missing would be admitted, adds the rest of the rollout if that would be refused.
    fn go_on(&mut self, cluster: &ClusterSnapshot, simulator: &mut Simulator) {
        let Some(rest) = self.rest.take() else { return };
        let result = simulate_rollout(&rest, cluster, simulator);
        if result.refusals.is_empty() {
            self.rest = Some(rest);
            return;
        }
        let (wanted, present) = (rest.wanted, rest.wanted.saturating_sub(rest.left()));
        let objects = MissingObjects::Rollout(Box::new(rest));
        self.missing_pods.push(MissingPods { controller: self.subject, wanted, present, objects });
        self.results.push(result);
    }

    /// Where some of what is missing would be refused now, and the rollout of the workload completes all the same as its old
    /// pods go, nothing is refused.
    fn make_room(&mut self, snapshot: &NamespaceSnapshot) {
        let are_pods =
            self.missing_pods.iter().all(|missing| matches!(missing.objects, MissingObjects::Pods(..)));
        let Some(rollout) =
            self.rest.as_ref().and_then(|_| PendingRollout::from_here(self.subject, snapshot))
        else {
            return;
        };
        let result = simulate_rollout(&rollout, &snapshot.cluster, &mut snapshot.cluster.simulator());
        if are_pods && result.refusals.is_empty() {
            for (missing, result) in self.missing_pods.iter().zip(&mut self.results) {
                *result = SimulationResult { admitted: missing.shortfall(), ..SimulationResult::default() };
            }
        }
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

    /// Returns whether the rest of a rollout would be refused under rules that are just enough for what is missing now.
    pub fn rest_is_refused(&self, snapshot: &NamespaceSnapshot) -> bool {
        let Some(rest) = &self.rest else { return false };
        let of_missing = Self { rest: None, ..self.clone() };
        let feasibility = |rules: &Simulator| of_missing.feasibility(snapshot, rules);
        let rules = snapshot.cluster.simulator();
        let enough = remedy::admit_everything(&rules, &snapshot.namespace, &|_, _| false, &feasibility);
        enough.is_some_and(|mut enough| {
            simulate(&self.missing_pods, &snapshot.cluster, &mut enough);
            !simulate_rollout(rest, &snapshot.cluster, &mut enough).refusals.is_empty()
        })
    }

    /// Simulates everything that is missing against other rules, and then the rest of a rollout.
    pub fn feasibility(&self, snapshot: &NamespaceSnapshot, rules: &Simulator) -> Feasibility {
        let simulator = &mut rules.clone();
        let mut results = simulate(&self.missing_pods, &snapshot.cluster, simulator);
        if is_complete(&results) {
            results
                .extend(self.rest.as_ref().map(|rest| simulate_rollout(rest, &snapshot.cluster, simulator)));
        }
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
