//! Pods that are replaced before they go: their Deployment is scaled up by one (`--single-replica=surge`) or restarted.
//! No eviction is asked for: scaled down again, or at the end of its rollout, the Deployment removes the pod itself.

use super::{Action, Held, Machine, Moment, Phase, PodRun, Stop};
use crate::{
    facts::Workload,
    plan::{ReasonCode, Verdict},
};

/// How a pod is replaced before it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its Deployment is scaled up by one, and down again.
    Surge,
    /// Its Deployment is restarted.
    Restart,
}

/// A Deployment as the watch shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeploymentSeen {
    /// How many have been Ready for long enough.
    pub available: i32,
    /// Whether its controller has seen its last change.
    pub is_observed: bool,
    /// Whether everything of its newest template is there and available, and nothing else.
    pub is_settled: bool,
    /// Whether this run has written itself on it.
    pub run_is_ours: bool,
}

/// How far a move is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The Deployment is being scaled up or restarted.
    Beginning,
    /// Another pod has to become available.
    Waiting,
    /// The Deployment is being given back.
    Ending,
}

/// A move under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub way: Way,
    pub deployment: Workload,
    pub step: Step,
    /// How many pods the Deployment wanted before.
    pub replicas: i32,
    /// When the last step may be tried again.
    pub not_before: Moment,
}

/// What the requests of a step brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveAnswer {
    /// It was done; the Deployment wanted so many pods before.
    Done {
        /// The number.
        replicas: i32,
    },
    /// It can't be done now.
    Failed(String),
    /// It is forbidden.
    NotPermitted(String),
}

impl PodRun {
    /// Returns how it is replaced before it goes; none for a pod that is evicted.
    pub fn way(&self) -> Option<Way> {
        match self.plan.reasons.first().map(|reason| reason.code) {
            Some(ReasonCode::Surge) if self.plan.verdict == Verdict::Evict => Some(Way::Surge),
            Some(ReasonCode::Restart) if self.plan.verdict == Verdict::Evict => Some(Way::Restart),
            _ => None,
        }
    }
}

impl Machine {
    /// Returns the Deployments that have to be watched.
    pub fn deployments_to_watch(&self) -> impl Iterator<Item = &Workload> {
        let pods = self.pods.values().filter(|pod| pod.way().is_some());
        pods.filter_map(|pod| pod.plan.details.workload.as_ref())
    }

    /// Returns whether another pod of the same Deployment is being moved: one at a time.
    pub(super) fn is_move_busy(&self, pod: &PodRun) -> Option<Held> {
        pod.way()?;
        let workload = pod.plan.details.workload.as_ref()?;
        let is_busy = self.moves.values().any(|one| one.deployment == *workload);
        let message = format!("another pod of {workload} is being moved");
        is_busy.then_some(Held { code: "Surge", message })
    }

    /// Begins a move.
    pub(super) fn begin_move(&mut self, uid: &str, way: Way, now: Moment, actions: &mut Vec<Action>) {
        let Some(pod) = self.pods.get_mut(uid) else { return };
        let Some(deployment) = pod.plan.details.workload.clone() else { return };
        self.flow.sent();
        pod.asked_at.get_or_insert(now);
        let message = match way {
            Way::Surge => format!("another pod of {deployment} has to be available first"),
            Way::Restart => format!("{deployment} is being restarted"),
        };
        pod.held = Some(Held { code: if way == Way::Surge { "Surge" } else { "Restart" }, message });
        let step = Step::Beginning;
        let one = Move { way, deployment: deployment.clone(), step, replicas: 0, not_before: Moment::ZERO };
        self.moves.insert(uid.to_owned(), one);
        actions.push(Action::BeginMove { uid: uid.to_owned(), way, deployment });
    }

    /// Ends moves whose replacements are there, and those that nobody waits for any longer.
    pub(super) fn end_moves(&mut self, now: Moment, actions: &mut Vec<Action>) {
        let due: Vec<String> = self
            .moves
            .iter()
            .filter(|(uid, one)| one.step == Step::Waiting && one.not_before <= now && self.is_ripe(uid, one))
            .map(|(uid, _)| uid.clone())
            .collect();
        for uid in due {
            let Some(one) = self.moves.get_mut(&uid) else { continue };
            one.step = Step::Ending;
            self.flow.sent();
            let deployment = one.deployment.clone();
            actions.push(Action::EndMove { uid, deployment });
        }
    }

    fn is_ripe(&self, uid: &str, one: &Move) -> bool {
        let pod = self.pods.get(uid);
        let is_over = self.stop.is_some() || pod.is_none_or(|pod| self.nodes[pod.node].is_over());
        let is_gone = pod.is_none_or(|pod| pod.phase == Phase::Gone);
        let Some(seen) = self.deployments.get(&one.deployment) else { return is_over };
        // Until the watch shows our change, it shows the state before.
        let is_current = seen.run_is_ours && seen.is_observed;
        is_over
            || match one.way {
                Way::Surge => is_gone || (is_current && seen.available > one.replicas),
                Way::Restart => is_gone && is_current && seen.is_settled,
            }
    }

    /// Returns whether a node has moves that are not ended.
    pub(super) fn is_moving(&self, node: usize) -> bool {
        self.moves.keys().any(|uid| self.pods.get(uid).is_some_and(|pod| pod.node == node))
    }

    pub(super) fn move_begun(&mut self, uid: &str, answer: MoveAnswer, now: Moment) {
        self.flow.answered();
        match answer {
            MoveAnswer::Done { replicas } => {
                if let Some(one) = self.moves.get_mut(uid) {
                    (one.step, one.replicas) = (Step::Waiting, replicas);
                }
            }
            answer => {
                self.moves.remove(uid);
                self.move_failed(uid, answer, now);
            }
        }
    }

    pub(super) fn move_ended(&mut self, uid: &str, answer: MoveAnswer, now: Moment) {
        self.flow.answered();
        match answer {
            MoveAnswer::Done { .. } => {
                self.moves.remove(uid);
                let is_stopped = self.stop.is_some();
                if let Some(pod) = self.pods.get_mut(uid) {
                    pod.is_evicted = true;
                    // Its ReplicaSet removes it; should it have chosen another, this one is moved again.
                    pod.not_before = now + super::MOVED_AGAIN_AFTER;
                    // What was waited for in vain is why it is still there.
                    if !is_stopped && !self.nodes[pod.node].is_over() {
                        pod.held = None;
                    }
                }
            }
            answer => {
                if let Some(one) = self.moves.get_mut(uid) {
                    (one.step, one.not_before) = (Step::Waiting, now + super::TRY_AGAIN);
                }
                self.move_failed(uid, answer, now);
            }
        }
    }

    fn move_failed(&mut self, uid: &str, answer: MoveAnswer, now: Moment) {
        let (message, is_forbidden) = match answer {
            MoveAnswer::Failed(message) => (message, false),
            MoveAnswer::NotPermitted(message) => (message, true),
            MoveAnswer::Done { .. } => return,
        };
        if let Some(pod) = self.pods.get_mut(uid) {
            pod.pause(super::TRY_AGAIN, "Surge", message.clone(), now);
        }
        if is_forbidden {
            self.stop.get_or_insert(Stop::NotPermitted(message));
        }
    }
}
