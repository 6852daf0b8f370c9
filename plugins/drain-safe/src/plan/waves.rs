//! Waves: which pods go when, so that the server accepts every eviction of a wave, in any order, once all earlier pods
//! are gone and their replacements are Ready or have no place.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Fits, ReasonCode, WaveBudget,
    places::Places,
    subject::{Gate, Subject, Successor},
};
use crate::{
    budgets::BudgetSimulation,
    plan::{Facts, TopOwner, Verdict},
    pods::Found,
};

/// The waves, as they are made.
pub struct Waves<'a, 'facts> {
    facts: &'facts Facts,
    subjects: &'a mut Vec<Subject<'facts>>,
    /// The budgets by index; only those that govern a pod of the plan.
    pub budgets: BTreeMap<usize, BudgetSimulation>,
    places: &'a mut Places<'facts>,
    /// The pods that may go, lowest priority first.
    waiting: Vec<usize>,
    /// Pods that are kept until one of the others is replaced.
    kept: BTreeMap<usize, Vec<usize>>,
    /// Pods whose replacements find a node only by preempting others, which could take the pods of any budget.
    preempting: BTreeSet<usize>,
    /// Whether those may go: all others have gone that can.
    preempting_go: bool,
    /// Whether critical pods no longer wait for others of their node.
    critical_go: bool,
    /// What every wave left of the budgets.
    pub after: Vec<Vec<WaveBudget>>,
}

impl<'a, 'facts> Waves<'a, 'facts> {
    /// Prepares the waves of the subjects that may go.
    pub fn new(
        facts: &'facts Facts,
        subjects: &'a mut Vec<Subject<'facts>>,
        places: &'a mut Places<'facts>,
        keep_one: bool,
    ) -> Self {
        let governing: BTreeSet<usize> = subjects
            .iter()
            .filter(|one| one.verdict() != Verdict::Skip)
            .flat_map(|one| one.budgets.clone())
            .collect();
        let simulation = |index: usize| Some((index, BudgetSimulation::new(facts.budgets.get(index)?)));
        let mut waiting: Vec<usize> = (0..subjects.len()).filter(|index| may_go(&subjects[*index])).collect();
        waiting.sort_by_key(|index| {
            let subject = &subjects[*index];
            (subject.priority(), subject.name())
        });
        let preempting = preempting_pods(facts, subjects, &waiting, places);
        let kept = if keep_one { kept_pods(facts, subjects, &waiting) } else { BTreeMap::new() };
        Self {
            facts,
            budgets: governing.into_iter().filter_map(simulation).collect(),
            places,
            waiting,
            kept,
            preempting,
            preempting_go: false,
            critical_go: false,
            after: Vec::new(),
            subjects,
        }
    }

    /// Makes waves until no more pods can go. What is left has no wave.
    pub fn make(&mut self) {
        loop {
            let batch = self.next_batch();
            if !batch.is_empty() {
                self.send(batch);
            } else if !self.preempting_go && self.waiting.iter().any(|index| self.preempting.contains(index))
            {
                self.preempting_go = true;
            } else if !self.critical_go
                && self.waiting.iter().any(|index| self.subjects[*index].is_critical())
            {
                // What they wait for never goes.
                self.critical_go = true;
            } else {
                break;
            }
        }
    }

    fn next_batch(&mut self) -> Vec<usize> {
        let mut batch = Vec::new();
        for index in self.waiting.clone() {
            if self.is_held_back(index) {
                continue;
            }
            let subject = &self.subjects[index];
            let ready = subject.pod.is_ready();
            let goes = match subject.gate {
                Gate::Open => true,
                Gate::Budget(budget) => self.budgets.get(&budget).is_some_and(|budget| budget.admits(ready)),
                Gate::Several | Gate::Unread => false,
            };
            if !goes {
                continue;
            }
            self.note_freedom(index);
            let subject = &self.subjects[index];
            let is_asked = matches!(subject.gate, Gate::Budget(_));
            for budget in &subject.budgets {
                if let Some(budget) = self.budgets.get_mut(budget) {
                    budget.evict(ready, is_asked);
                }
            }
            batch.push(index);
        }
        batch
    }

    /// Returns whether a pod has to wait for others, of its node or of its owner.
    fn is_held_back(&self, index: usize) -> bool {
        let subject = &self.subjects[index];
        let finished = subject.has(ReasonCode::Finished);
        let others_first = |other: &usize| {
            let other = &self.subjects[*other];
            other.node == subject.node && !other.is_critical()
        };
        let is_last_of_node = subject.is_critical() && !finished && !self.critical_go;
        let waits_for = |other: &usize| self.waiting.contains(other);
        (self.preempting.contains(&index) && !self.preempting_go)
            || (is_last_of_node && self.waiting.iter().any(others_first))
            || self.kept.get(&index).is_some_and(|others| others.iter().any(waits_for))
    }

    /// Notes that the eviction handler lets a pod go by its readiness.
    fn note_freedom(&mut self, index: usize) {
        let subject = &mut self.subjects[index];
        let Gate::Budget(budget) = subject.gate else { return };
        let free = self.budgets.get(&budget).is_some_and(|one| one.is_free_for(subject.pod.is_ready()));
        if free && !subject.has(ReasonCode::FreeOfBudget) {
            let name = self.facts.budgets.get(budget).map_or("", |budget| budget.metadata.name.as_str());
            subject.found.push(free_of_budget(name));
        }
    }

    /// Sends a wave off: its pods go, their replacements come or stay Pending, and the budgets are counted again.
    fn send(&mut self, batch: Vec<usize>) {
        let wave = self.after.len() + 1;
        self.place(&batch, wave);
        // Where no replacement of its owner has a place, keeping the last pod gains nothing.
        let vain: Vec<usize> = self
            .waiting
            .iter()
            .copied()
            .filter(|index| {
                self.kept.get(index).is_some_and(|others| {
                    let is_gone = |other: &usize| self.subjects[*other].wave.is_some();
                    let has_place = |other: &usize| self.subjects[*other].fits != Some(Fits::No);
                    others.iter().all(is_gone) && !others.iter().any(has_place)
                }) && !self.subjects[*index].is_critical()
            })
            .collect();
        vain.iter().for_each(|index| drop(self.kept.remove(index)));
        self.place(&vain, wave);
        self.budgets.values_mut().for_each(BudgetSimulation::end_wave);
        let after = self.budgets.iter().filter_map(|(index, simulation)| {
            let metadata = &self.facts.budgets.get(*index)?.metadata;
            Some(WaveBudget {
                namespace: metadata.namespace.clone(),
                name: metadata.name.clone(),
                allowed: simulation.allowed(),
            })
        });
        let mut after: Vec<_> = after.collect();
        after.sort_by(|one, other| (&one.namespace, &one.name).cmp(&(&other.namespace, &other.name)));
        self.after.push(after);
    }

    fn place(&mut self, batch: &[usize], wave: usize) {
        self.waiting.retain(|index| !batch.contains(index));
        self.places.evict(self.subjects, batch);
        for index in batch {
            let subject = &mut self.subjects[*index];
            subject.wave = Some(wave);
            if let Some(others) = self.kept.remove(index) {
                let uids: Vec<_> = others.clone();
                let message = "all Ready pods of its owner are on these nodes, so that it goes last";
                subject.found.push(Found::noted(ReasonCode::KeepOne, message));
                let uids: Vec<_> =
                    uids.iter().map(|other| self.subjects[*other].pod.metadata.uid.clone()).collect();
                self.subjects[*index].goes_after = uids;
            }
            let subject = &mut self.subjects[*index];
            if subject.is_critical()
                && !subject.has(ReasonCode::Finished)
                && !subject.has(ReasonCode::Critical)
            {
                let message =
                    format!("its priority {} lets it go after the others of its node", subject.priority());
                subject.found.push(Found::noted(ReasonCode::Critical, message));
            }
            let comes = subject.successor != Successor::Nobody;
            let refused = subject.has(ReasonCode::Quota) && subject.fits == Some(Fits::Unknown);
            let has_place = subject.fits != Some(Fits::No) && !refused;
            for budget in &subject.budgets {
                if let Some(budget) = self.budgets.get_mut(budget).filter(|_| comes) {
                    budget.replace(has_place);
                }
            }
        }
    }

    /// Returns the pods that are left.
    pub fn left(&self) -> Vec<usize> {
        self.waiting.clone()
    }
}

/// Returns the finding that readiness lets a pod go.
pub fn free_of_budget(budget: &str) -> Found {
    let message = format!("it is not Ready, so that budget {budget} lets it go");
    Found::deciding(ReasonCode::FreeOfBudget, Verdict::Evict, message)
}

/// Returns whether nothing but budgets keeps a pod.
fn may_go(subject: &Subject) -> bool {
    match subject.verdict() {
        Verdict::Evict => true,
        // Evicted once where another node takes it.
        Verdict::Returns => subject.fits == Some(Fits::Yes),
        _ => false,
    }
}

/// Returns the pods whose replacements have no node but would have one if pods of lower priority left it.
fn preempting_pods<'facts>(
    facts: &Facts,
    subjects: &[Subject<'facts>],
    waiting: &[usize],
    places: &Places<'facts>,
) -> BTreeSet<usize> {
    let Some(lowest) = facts.pods.iter().map(|pod| pod.spec.priority.unwrap_or(0)).min() else {
        return BTreeSet::new();
    };
    let preempts = |index: &usize| {
        let subject = &subjects[*index];
        subject.priority() > lowest && places.fit_alone(subject, *index).is_some_and(|fit| !fit.fits())
    };
    waiting.iter().copied().filter(preempts).collect()
}

/// Returns, of every owner whose several Ready pods are all among those that go and under no budget, the pod that goes
/// last, with the others.
fn kept_pods(facts: &Facts, subjects: &[Subject], waiting: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let mut groups: BTreeMap<(&str, &TopOwner), Vec<usize>> = BTreeMap::new();
    for index in waiting {
        let subject = &subjects[*index];
        let Some(owner) = &subject.owner else { continue };
        let is_kept = subject.pod.is_ready()
            && subject.budgets.is_empty()
            && subject.gate == Gate::Open
            && matches!(subject.successor, Successor::Controller | Successor::Custom(_))
            && !matches!(owner.kind.as_str(), "Job" | "CronJob");
        if is_kept {
            groups.entry((subject.pod.metadata.namespace.as_str(), owner)).or_default().push(*index);
        }
    }
    groups.retain(|_, group| group.len() > 1);
    let mut kept = BTreeMap::new();
    for ((namespace, owner), mut group) in groups {
        let going: BTreeSet<&str> =
            group.iter().map(|index| subjects[*index].pod.metadata.uid.as_str()).collect();
        let stays = facts.pods.iter().any(|pod| {
            pod.metadata.namespace == namespace
                && pod.is_ready()
                && !pod.is_terminating()
                && !pod.is_terminal()
                && !going.contains(pod.metadata.uid.as_str())
                && pod.metadata.controller().is_some_and(|one| facts.owners.top_of(pod, one) == *owner)
        });
        if !stays {
            // Critical pods go last anyway.
            group.sort_by_key(|index| subjects[*index].is_critical());
            if let Some(last) = group.pop() {
                kept.insert(last, group);
            }
        }
    }
    kept
}
