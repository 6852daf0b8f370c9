//! Pods that no controller manages, and that the run recreates elsewhere once they are gone.

use std::time::Duration;

use super::{Action, End, Machine, Moment, Phase, PodRun, Stop, TRY_AGAIN};
use crate::{
    plan::{ReasonCode, Verdict},
    run::annotations::SavedPod,
};

/// The pauses after refusals and failures double up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long the server may refuse a pod before nobody tries again.
const GIVE_UP_AFTER: Duration = Duration::from_secs(30);

/// What the creation of a pod brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecreateAnswer {
    /// It is there.
    Done,
    /// The old one is there still.
    StillThere,
    /// The server failed; asked again, it may succeed.
    Failed(String),
    /// Admission or validation refuses it.
    Refused(String),
    /// Its file is not on this machine.
    Missing(String),
    /// We may not create it.
    NotPermitted(String),
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Due,
    Asked,
    Done,
    GivenUp,
}

/// A pod that is recreated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recreation {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// What an earlier run, which has evicted it, wrote about its file; none for a pod of this run.
    pub saved: Option<SavedPod>,
    /// Why it is not there yet.
    pub why: Option<String>,
    node: usize,
    step: Step,
    not_before: Moment,
    failures: u32,
    refused_since: Option<Moment>,
}

impl Recreation {
    fn new(node: usize, namespace: &str, name: &str, saved: Option<SavedPod>) -> Self {
        let (namespace, name) = (namespace.to_owned(), name.to_owned());
        let (step, not_before, failures, refused_since) = (Step::Due, Moment::ZERO, 0, None);
        Self { namespace, name, saved, why: None, node, step, not_before, failures, refused_since }
    }

    /// Returns whether it is there.
    pub fn is_done(&self) -> bool {
        self.step == Step::Done
    }

    fn is_open(&self) -> bool {
        matches!(self.step, Step::Due | Step::Asked)
    }

    fn again(&mut self, why: String, now: Moment) {
        let pause = TRY_AGAIN.saturating_mul(2u32.saturating_pow(self.failures)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        (self.step, self.not_before, self.why) = (Step::Due, now + pause, Some(why));
    }
}

fn is_recreated(pod: &PodRun) -> bool {
    pod.plan.verdict == Verdict::Evict && pod.plan.has(ReasonCode::Recreate)
}

impl Machine {
    /// Takes over the pods of a node that an earlier run has evicted, or was about to, and not yet recreated.
    pub fn owe(&mut self, node: usize, saved: impl IntoIterator<Item = (String, SavedPod)>) {
        let saved = saved.into_iter().filter_map(|(key, saved)| {
            let (namespace, name) = key.split_once('/')?;
            let recreation = Recreation::new(node, namespace, name, Some(saved.clone()));
            Some((saved.uid, recreation))
        });
        self.owed.extend(saved);
    }

    /// Returns how the recreation of a pod goes, by the uid of the old one; none before that is gone.
    pub fn recreation(&self, uid: &str) -> Option<&Recreation> {
        self.recreations.get(uid)
    }

    /// Returns the recreations of a node's pods, by the uids of the old ones.
    pub fn recreations_of(&self, node: usize) -> impl Iterator<Item = (&String, &Recreation)> {
        self.recreations.iter().filter(move |(_, one)| one.node == node)
    }

    /// Asks for the pods whose old ones are gone. An interrupted run does, too: nothing else would bring them back.
    pub(super) fn recreate(&mut self, now: Moment, actions: &mut Vec<Action>) {
        self.note_gone();
        if matches!(self.stop, Some(Stop::NotPermitted(_) | Stop::Unreachable(_))) {
            return;
        }
        for (uid, one) in &mut self.recreations {
            let is_ours = !matches!(self.nodes[one.node].end(), Some(End::LockLost { .. }));
            if one.step == Step::Due && one.not_before <= now && is_ours {
                one.step = Step::Asked;
                self.flow.sent();
                actions.push(Action::Recreate { uid: uid.clone() });
            }
        }
    }

    fn note_gone(&mut self) {
        for (uid, pod) in &self.pods {
            if is_recreated(pod) && pod.is_evicted && pod.phase == Phase::Gone {
                let (namespace, name) = (&pod.plan.namespace, &pod.plan.name);
                let new = || Recreation::new(pod.node, namespace, name, None);
                self.recreations.entry(uid.clone()).or_insert_with(new);
            }
        }
        let pods = &self.pods;
        let is_gone = |uid: &String| pods.get(uid).is_none_or(|pod| pod.phase == Phase::Gone);
        for (uid, owed) in self.owed.iter().filter(|(uid, _)| is_gone(uid)) {
            self.recreations.entry(uid.clone()).or_insert_with(|| owed.clone());
        }
    }

    pub(super) fn recreated(&mut self, uid: &str, answer: RecreateAnswer, now: Moment) {
        self.flow.answered();
        let Some(one) = self.recreations.get_mut(uid) else { return };
        match answer {
            RecreateAnswer::Done => (one.step, one.why) = (Step::Done, None),
            RecreateAnswer::StillThere => {
                (one.step, one.not_before) = (Step::Due, now + TRY_AGAIN);
                one.why = Some("the old one is there still".to_owned());
            }
            RecreateAnswer::Failed(why) => one.again(why, now),
            RecreateAnswer::Refused(why) => {
                let since = *one.refused_since.get_or_insert(now);
                one.again(why, now);
                if now >= since + GIVE_UP_AFTER {
                    one.step = Step::GivenUp;
                }
            }
            RecreateAnswer::Missing(why) => (one.step, one.why) = (Step::GivenUp, Some(why)),
            RecreateAnswer::NotPermitted(why) => {
                one.again(why.clone(), now);
                self.stop.get_or_insert(Stop::NotPermitted(why));
            }
        }
    }

    /// Returns whether pods of a node are still to be recreated.
    pub(super) fn is_recreating(&self, node: usize) -> bool {
        self.recreations_of(node).any(|(_, one)| one.is_open())
    }

    /// Returns whether evicted pods of a node that somebody has uncordoned or deleted are still to be recreated: no `resume`
    /// is to be expected there.
    pub fn is_owing(&self) -> bool {
        let is_left = |node: usize| matches!(self.nodes[node].end(), Some(End::Reopened | End::Gone));
        let leaves = |(_, pod): (&String, &PodRun)| {
            let is_evicted = pod.is_evicted && matches!(pod.phase, Phase::Leaving { .. });
            is_evicted && is_recreated(pod) && is_left(pod.node)
        };
        let waits = |one: &Recreation| one.is_open() && is_left(one.node);
        self.stop.is_none() && (self.pods.iter().any(leaves) || self.recreations.values().any(waits))
    }

    /// Returns whether pods of a node are gone that can't be recreated.
    pub(super) fn has_lost(&self, node: usize) -> bool {
        self.recreations_of(node).any(|(_, one)| one.step == Step::GivenUp)
    }

    /// Returns when pods may be asked for again.
    pub(super) fn recreation_times(&self) -> impl Iterator<Item = Moment> {
        self.recreations.values().filter(|one| one.step == Step::Due).map(|one| one.not_before)
    }
}
