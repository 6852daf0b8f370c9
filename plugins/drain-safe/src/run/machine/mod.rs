//! The drain as a state machine: facts go in ([`Event`]), what to do next comes out ([`Action`]).
//!
//! Nothing here reads a clock or talks to anybody, so that every order of events can be tested. The rules: an eviction is
//! asked for only while its node is cordoned by us and held, while the watch shows the pod, and while the budgets, the
//! replicas of its owner (`KeepOne`) and the pods of its node (`Critical`) let it go; lower waves first; in a wave of a
//! node strictly the lowest priority first; one at a time for each budget.

mod after;
mod answer;
mod budget;
mod choose;
mod event;
mod expire;
mod flow;
mod missing;
mod moves;
mod node;
mod observe;
mod pod;
mod recreate;
mod refusals;
mod settings;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

pub use after::{AttachmentSeen, PodCount};
pub use answer::Answer;
pub use budget::{BudgetKey, BudgetSeen};
pub use event::{Action, Event, SeenPod, Stop};
pub use missing::MissingPods;
pub use moves::{DeploymentSeen, MoveAnswer, Way};
pub use node::{End, NodeRun, Stage};
pub use pod::{Disposition, Held, Phase, PodRun};
pub use recreate::{RecreateAnswer, Recreation};
pub use refusals::FailedCreations;
pub use settings::Settings;

use self::{after::After, budget::BudgetRun, flow::Flow, moves::Move};
use crate::{
    facts::Workload,
    plan::{NodePlan, Plan},
};

/// A time since the run began, by a clock that nobody sets.
pub type Moment = Duration;

/// The delay between a change and the new plan, since changes come in bursts.
const REPLAN_AFTER: Duration = Duration::from_millis(100);

/// The interval between plans while pods wait for something that only a plan can see.
const REPLAN_EVERY: Duration = Duration::from_secs(10);

/// How long after a failure the server is asked again for a list or a plan.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// How long a Deployment has for removing the pod that was moved, before it is moved again.
const MOVED_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// A drain of some nodes.
#[derive(Clone, Debug)]
pub struct Machine {
    settings: Settings,
    nodes: Vec<NodeRun>,
    /// All pods that were ever planned, by uid.
    pods: BTreeMap<String, PodRun>,
    budgets: BTreeMap<BudgetKey, BudgetRun>,
    /// Whether the watch of budgets is connected.
    are_budgets_watched: bool,
    /// Controllers with a Ready pod on a node that is not drained.
    ready_elsewhere: BTreeSet<String>,
    after: After,
    /// The pods that are replaced before they go, by uid.
    moves: BTreeMap<String, Move>,
    /// The pods that an earlier run has saved, by uid.
    owed: BTreeMap<String, Recreation>,
    /// The pods that are recreated, by the uids of the old ones.
    recreations: BTreeMap<String, Recreation>,
    deployments: BTreeMap<Workload, DeploymentSeen>,
    flow: Flow,
    /// When an API server has answered last.
    last_contact: Moment,
    stop: Option<Stop>,
    /// When the next plan is due.
    replan_at: Option<Moment>,
    is_replanning: bool,
}

impl Machine {
    /// Begins a drain as it was planned.
    pub fn new(plan: &Plan, settings: Settings) -> Self {
        let mut machine = Self {
            nodes: plan.nodes.iter().map(|node| NodeRun::new(node, node.cordoned)).collect(),
            pods: BTreeMap::new(),
            budgets: BTreeMap::new(),
            are_budgets_watched: false,
            ready_elsewhere: BTreeSet::new(),
            after: After::default(),
            moves: BTreeMap::new(),
            owed: BTreeMap::new(),
            recreations: BTreeMap::new(),
            deployments: BTreeMap::new(),
            flow: Flow::new(settings.in_flight),
            last_contact: Moment::ZERO,
            stop: None,
            replan_at: None,
            is_replanning: false,
            settings,
        };
        for (index, node) in plan.nodes.iter().enumerate() {
            for pod in &node.pods {
                let mut run = PodRun::new(pod.clone(), index);
                // What is blocked from the beginning was let through by --allow-partial, and nobody waits for it.
                run.is_given_up = run.disposition(&machine.settings) == Disposition::Blocked;
                machine.want_workload_of(pod, index);
                machine.pods.insert(pod.uid.clone(), run);
            }
        }
        machine
    }

    /// Returns the settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the nodes, in the order of the plan.
    pub fn nodes(&self) -> &[NodeRun] {
        &self.nodes
    }

    /// Returns the pods of a node, those that are gone among them.
    pub fn pods_of(&self, node: usize) -> impl Iterator<Item = &PodRun> {
        self.pods.values().filter(move |pod| pod.node == node)
    }

    /// Returns a pod.
    pub fn pod(&self, uid: &str) -> Option<&PodRun> {
        self.pods.get(uid)
    }

    /// Returns why the whole run stopped, if it did.
    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// Returns whether nothing is left to do or to wait for.
    pub fn is_over(&self) -> bool {
        self.flow.is_idle()
            && self.moves.is_empty()
            && !self.is_owing()
            && self.nodes.iter().all(|node| matches!(node.stage, Stage::Over { .. }))
    }

    /// Returns the controllers whose pods on other nodes decide when a pod may go.
    pub fn owners_to_watch(&self) -> BTreeSet<(String, String)> {
        let waiting = self.pods.values().filter(|pod| !pod.plan.details.goes_after.is_empty());
        waiting
            .filter_map(|pod| Some((pod.plan.namespace.clone(), pod.plan.details.controller.clone()?)))
            .collect()
    }

    /// Decides what is to be done now.
    pub fn next(&mut self, now: Moment) -> Vec<Action> {
        self.expire(now);
        let mut actions = Vec::new();
        self.end_moves(now, &mut actions);
        self.recreate(now, &mut actions);
        if self.stop.is_none() {
            self.start_nodes(now, &mut actions);
            self.evict(now, &mut actions);
            self.list(now, &mut actions);
            self.replan(now, &mut actions);
        }
        actions
    }

    /// Returns when to ask again, if nothing happens before.
    pub fn wake(&self, now: Moment) -> Option<Moment> {
        let nodes = self.nodes.iter().flat_map(|node| node.times(&self.settings));
        let overdue = (0..self.nodes.len()).filter_map(|node| self.overdue_at(node));
        let waiting = self.pods.values().filter(|pod| !pod.is_resolved(&self.settings));
        let pods = waiting.flat_map(|pod| pod.times(&self.settings, &self.nodes[pod.node]));
        let budgets = self.budgets.values().filter_map(|budget| budget.held_until);
        let moves = self.moves.values().map(|one| one.not_before);
        let silence = self.last_contact + self.settings.unreachable_after;
        let others =
            [Some(silence), self.flow.paused_until(), self.replan_at.filter(|_| !self.is_replanning)];
        nodes
            .chain(overdue)
            .chain(pods)
            .chain(budgets)
            .chain(moves)
            .chain(self.recreation_times())
            .chain(others.into_iter().flatten())
            .filter(|at| *at > now)
            .min()
    }

    /// Begins with the next nodes, as many as may be drained at once.
    fn start_nodes(&mut self, now: Moment, actions: &mut Vec<Action>) {
        let each_in_turn = self.settings.allow_pending;
        let all_cordoned = self.nodes.iter().all(|node| node.cordoned_at().is_some() || node.is_over());
        if !each_in_turn && !all_cordoned {
            return;
        }
        for index in 0..self.nodes.len() {
            let active: Vec<_> = self.nodes.iter().filter(|node| node.is_active()).collect();
            let zone = &self.nodes[index].zone;
            let in_zone = active.iter().filter(|node| zone.is_some() && node.zone == *zone).count();
            let zone_is_full = self.settings.max_per_zone.is_some_and(|most| in_zone >= most);
            if active.len() >= self.settings.max_parallel || zone_is_full {
                continue;
            }
            match self.nodes[index].stage {
                Stage::Queued => {
                    self.nodes[index].stage = Stage::Cordoning;
                    actions.push(Action::Cordon { node: index });
                }
                Stage::Cordoned { at } => {
                    self.nodes[index].stage = Stage::Draining { cordoned: at, since: now };
                }
                _ => {}
            }
        }
    }

    /// Asks for a list of each node that seems to be empty.
    fn list(&mut self, now: Moment, actions: &mut Vec<Action>) {
        for index in 0..self.nodes.len() {
            let Stage::Draining { cordoned, .. } = self.nodes[index].stage else { continue };
            if !self.seems_empty(index) {
                self.nodes[index].empty_since = None;
                continue;
            }
            self.nodes[index].empty_since.get_or_insert(now);
            let node = &self.nodes[index];
            let is_due = now >= (cordoned + self.settings.settle).max(node.list_not_before);
            if is_due && !node.is_listing && node.unplanned.is_empty() && self.is_through(index, now) {
                self.nodes[index].is_listing = true;
                actions.push(Action::List { node: index });
            }
        }
    }

    fn seems_empty(&self, node: usize) -> bool {
        self.pods_of(node).all(|pod| pod.is_resolved(&self.settings))
            && !self.is_moving(node)
            && !self.is_recreating(node)
    }

    /// Asks for another plan where pods are there that none has judged, or where some have waited for long.
    fn replan(&mut self, now: Moment, actions: &mut Vec<Action>) {
        let is_unplanned = |node: &NodeRun| node.is_active() && !node.unplanned.is_empty();
        if self.nodes.iter().any(is_unplanned) {
            self.replan_at.get_or_insert(now + REPLAN_AFTER);
        } else if self
            .pods
            .values()
            .any(|pod| pod.needs_a_plan(&self.settings) && self.nodes[pod.node].is_active())
        {
            self.replan_at.get_or_insert(now + REPLAN_EVERY);
        }
        if self.replan_at.is_some_and(|at| at <= now) && !self.is_replanning {
            self.is_replanning = true;
            self.replan_at = None;
            actions.push(Action::Replan);
        }
    }

    /// Takes over a new plan: pods that came are judged, and those that wait are judged again.
    fn replanned(&mut self, nodes: &[NodePlan], now: Moment) {
        for plan in nodes {
            let Some(index) = self.nodes.iter().position(|node| node.uid == plan.uid) else { continue };
            for pod in &plan.pods {
                let seen = self.nodes[index].unplanned.remove(&pod.uid);
                // In the middle of a move its Deployment is not settled, which is no obstacle.
                let is_moving = self.moves.contains_key(&pod.uid);
                match self.pods.get_mut(&pod.uid) {
                    Some(_) if is_moving => {}
                    Some(run) => run.replanned(pod, &self.settings, now),
                    None => {
                        self.want_workload_of(pod, index);
                        let mut run = PodRun::new(pod.clone(), index);
                        run.returned = self.has_returned(&run);
                        run.judge_blocked(&self.settings, now);
                        self.pods.insert(pod.uid.clone(), run);
                    }
                }
                self.wait_for_cut_off_evictions(&pod.uid);
                if let Some(seen) = seen {
                    self.observe(Event::PodSeen { node: index, pod: seen }, now);
                }
            }
        }
    }

    /// Keeps a pod from being given up while its budget counts an eviction that was cut off: the server charges a budget
    /// before it deletes the pod, and a connection that is lost in between leaves the charge for two minutes
    /// (`DeletionTimeout` in Kubernetes' `pkg/controller/disruption`), which looks as if nothing could ever open it.
    fn wait_for_cut_off_evictions(&mut self, uid: &str) {
        let Some(pod) = self.pods.get(uid).filter(|pod| pod.blocked_since.is_some()) else { return };
        let mut keys =
            pod.plan.budgets.iter().map(|budget| (pod.plan.namespace.clone(), budget.name.clone()));
        let is_charged =
            keys.any(|key| self.budgets.get(&key).is_some_and(|budget| !budget.seen.disrupted.is_empty()));
        if let Some(pod) = self.pods.get_mut(uid).filter(|_| is_charged) {
            pod.unblock();
        }
    }

    /// Returns whether an owner's pod comes back although one of it was evicted from the same node: once is enough.
    fn has_returned(&self, pod: &PodRun) -> bool {
        let controller = &pod.plan.details.controller;
        controller.is_some()
            && self.pods_of(pod.node).any(|other| {
                other.plan.details.controller == *controller
                    && other.plan.verdict == crate::plan::Verdict::Returns
                    && other.was_asked()
            })
    }
}

#[cfg(test)]
pub mod tests;
