//! Where replacements go: the same waves in several worlds, which differ in the order of evictions and in the node that
//! the scheduler takes among those that fit. What happens in all of them is certain, what happens in some is not.

use std::collections::BTreeMap;

use shared::{
    model::WidePod,
    output::natural_order,
    placement::{Candidate, Cluster, Fit, NotModeled},
};

use super::{
    Facts, Fits, ReasonCode,
    subject::{Subject, Successor},
    world::{Strategy, World},
};
use crate::pods::Found;

/// How many nodes a plan names as places for one pod.
const NAMED_NODES: usize = 5;
/// Worlds beside the one that follows priorities, where few pods move.
const WORLDS: usize = 23;
/// Filter runs a plan may cost; large drains get fewer worlds.
const BUDGET: usize = 3_000_000;

/// The pod that comes in the place of a subject.
#[derive(Debug)]
pub(super) struct Replacement {
    pub pod: WidePod,
    pub candidate: Candidate,
}

/// Where replacements go.
#[derive(Debug)]
pub struct Places<'facts> {
    facts: &'facts Facts,
    worlds: Vec<World>,
    /// By subject. Pods that can't be judged have none, with the reason.
    replacements: BTreeMap<usize, Result<Replacement, NotModeled>>,
    /// Pods that wait for a node now, which compete with replacements.
    pending: Vec<Replacement>,
}

impl<'facts> Places<'facts> {
    /// Prepares the worlds: the nodes to drain are cordoned, and pods of nodes that other runs drain have left.
    pub fn new(facts: &'facts Facts, subjects: &[Subject<'facts>]) -> Self {
        let mut cluster = Cluster::new(facts.for_placement());
        for pod in &facts.pods {
            // What a dump holds instead of a quantity counts as nothing, as for the scheduler.
            let _ = cluster.add(pod);
        }
        for node in facts.targets.iter().chain(facts.held.keys()) {
            cluster.cordon(node);
        }
        let mut replacements = BTreeMap::new();
        for (index, subject) in subjects.iter().enumerate() {
            if subject.successor != Successor::Nobody {
                replacements.insert(index, replacement(&mut cluster, subject.pod));
            }
        }
        let pending = cluster.pending().to_vec();
        let pending = pending.iter().filter_map(|pod| replacement(&mut cluster, pod).ok()).collect();
        let mut leaving = Vec::new();
        for pod in facts.pods.iter().filter(|pod| facts.held.contains_key(&pod.spec.node_name)) {
            if !facts.is_target(&pod.spec.node_name) && is_movable(pod) {
                leaving.extend(replacement(&mut cluster, pod).ok());
            }
        }
        let each = replacements.len().max(1) * (facts.nodes.len() + 1);
        let others = WORLDS.min(BUDGET / each);
        let strategies = Strategy::several(others, replacements.keys().copied());
        let worlds = [Strategy::Scheduler].into_iter().chain(strategies).enumerate();
        let worlds = worlds.map(|(number, strategy)| {
            let mut world = World::new(cluster.clone(), strategy, number);
            world.leave(&leaving);
            world
        });
        Self { facts, worlds: worlds.collect(), replacements, pending }
    }

    /// Returns where the replacement of a subject could go if it went now, alone.
    pub fn fit_alone(&mut self, subject: &Subject, index: usize) -> Option<Fit> {
        let replacement = self.replacements.get(&index)?.as_ref().ok()?;
        let world = self.worlds.first_mut()?;
        Some(world.fit_alone(subject.pod, replacement))
    }

    /// Lets a wave go in every world, and notes what becomes of the replacements so far.
    pub fn evict(&mut self, subjects: &mut [Subject], batch: &[usize]) {
        let pods: Vec<_> = batch.iter().map(|index| (*index, subjects[*index].pod)).collect();
        for world in &mut self.worlds {
            world.evict(&pods, &self.replacements, &self.pending);
        }
        for index in batch {
            self.note(&mut subjects[*index], *index);
        }
    }

    /// Notes the final answer of every pod that has gone, and judges those that stay as if they went last.
    pub fn finish(&mut self, subjects: &mut [Subject]) {
        for (index, subject) in subjects.iter_mut().enumerate() {
            if subject.wave.is_some() {
                self.note(subject, index);
                continue;
            }
            let Some(replacement) = self.replacements.get(&index) else { continue };
            let Ok(replacement) = replacement else {
                subject.fits = Some(Fits::Unknown);
                continue;
            };
            let pod = subject.pod;
            let fits: Vec<Fit> =
                self.worlds.iter_mut().map(|world| world.fit_alone(pod, replacement)).collect();
            let count = fits.iter().filter(|fit| fit.fits()).count();
            subject.fits = Some(answer(count, fits.len()));
            subject.goes_to = fits.first().map(named).unwrap_or_default();
        }
        self.explain(subjects);
    }

    /// Notes in how many worlds a replacement has a place.
    fn note(&self, subject: &mut Subject, index: usize) {
        let Some(replacement) = self.replacements.get(&index) else { return };
        if replacement.is_err() {
            subject.fits = Some(Fits::Unknown);
            return;
        }
        let placed = self.worlds.iter().filter(|world| world.is_placed(index)).count();
        subject.fits = Some(answer(placed, self.worlds.len()));
        subject.goes_to = self.worlds.first().map(|world| names(world.places_of(index))).unwrap_or_default();
    }

    /// Says why a replacement has no place, or why that can't be told.
    fn explain(&mut self, subjects: &mut [Subject]) {
        let mut preempting: Option<i32> = None;
        for (index, subject) in subjects.iter_mut().enumerate() {
            let Some(replacement) = self.replacements.get(&index) else { continue };
            let replacement = match replacement {
                Ok(replacement) => replacement,
                Err(reason) => {
                    subject.found.push(unknown(&reason.to_string()));
                    continue;
                }
            };
            let not_modeled = replacement.candidate.not_modeled();
            if let Some(reason) = not_modeled.first() {
                subject.fits = Some(Fits::Unknown);
                subject.found.push(unknown(&reason.to_string()));
            } else if let Successor::Custom(owner) = &subject.successor {
                let message = format!("{owner}, a custom resource, decides what comes in its place");
                subject.fits = Some(Fits::Unknown);
                subject.found.push(unknown(&message));
            }
            match subject.fits {
                Some(Fits::No) => {
                    let Some(world) = self.worlds.first_mut() else { continue };
                    if let Some(preemption) =
                        world.preemption(subject.pod, replacement, subject.wave.is_some())
                    {
                        subject.fits = Some(Fits::Unknown);
                        let message = format!(
                            "it fits only if pods of lower priority are preempted, as on {}",
                            preemption.node
                        );
                        subject.found.push(Found::noted(ReasonCode::Preempts, message));
                        preempting =
                            Some(preempting.map_or(subject.priority(), |most| most.max(subject.priority())));
                        continue;
                    }
                    let fit = world.fit_now(subject.pod, replacement, subject.wave.is_some());
                    let mut found = Found::noted(ReasonCode::NoPlace, fit.message());
                    found.fix = self.uncordon(subject.pod, index);
                    subject.goes_to.clear();
                    subject.found.push(found);
                }
                Some(Fits::Unknown)
                    if !subject.has(ReasonCode::PlaceUnknown) && !subject.has(ReasonCode::Quota) =>
                {
                    subject.found.push(unknown("other pods compete for the same places"));
                }
                _ => {}
            }
        }
        // A pod that preempts may take the place of any other of lower priority.
        let Some(preempting) = preempting else { return };
        for subject in subjects.iter_mut() {
            if subject.fits == Some(Fits::Yes) && subject.priority() < preempting {
                subject.fits = Some(Fits::Unknown);
                subject.found.push(unknown("a pod of higher priority may preempt it"));
            }
        }
    }

    /// Returns the command that lifts the cordon of nodes where a pod without a place would have one.
    fn uncordon(&mut self, pod: &WidePod, index: usize) -> Option<String> {
        let replacement = self.replacements.get(&index)?.as_ref().ok()?;
        let world = self.worlds.first()?;
        let cordoned = self.facts.nodes.iter().filter(|node| {
            let name = &node.metadata.name;
            node.spec.unschedulable && !self.facts.is_target(name) && !self.facts.held.contains_key(name)
        });
        let room: Vec<_> = cordoned
            .filter(|node| world.would_fit_uncordoned(pod, replacement, &node.metadata.name))
            .map(|node| node.metadata.name.clone())
            .take(3)
            .collect();
        if room.is_empty() {
            return None;
        }
        let command = shared::output::ShellCommand::new(["kubectl", "uncordon"]);
        Some(room.into_iter().fold(command, shared::output::ShellCommand::name).to_string())
    }
}

fn unknown(message: &str) -> Found {
    Found::noted(ReasonCode::PlaceUnknown, message)
}

fn answer(placed: usize, worlds: usize) -> Fits {
    match placed {
        0 => Fits::No,
        placed if placed == worlds => Fits::Yes,
        _ => Fits::Unknown,
    }
}

fn named(fit: &Fit) -> Vec<String> {
    names(&fit.nodes.iter().map(ToString::to_string).collect::<Vec<_>>())
}

fn names(nodes: &[String]) -> Vec<String> {
    let mut nodes = nodes.to_vec();
    nodes.sort_by(|one, other| natural_order(one, other));
    nodes.truncate(NAMED_NODES);
    nodes
}

fn replacement(cluster: &mut Cluster, pod: &WidePod) -> Result<Replacement, NotModeled> {
    let pod = pod.replacement();
    let candidate = cluster.candidate(&pod)?;
    Ok(Replacement { pod, candidate })
}

/// Returns whether a pod of a node that another run drains needs room elsewhere.
fn is_movable(pod: &WidePod) -> bool {
    let controller = pod.metadata.controller();
    !pod.is_terminal() && !pod.is_terminating() && controller.is_some_and(|owner| owner.kind != "DaemonSet")
}
