//! Whether evicted pods find a place elsewhere, whatever the scheduler does.
//!
//! Nobody can foretell which of several nodes the scheduler takes, nor in which order evictions, controllers and retries
//! come. So an answer is certain only if it holds for every order and every choice. The pods whose node is open, the
//! *floaters*, are those of the waves so far, and those that wait in the cluster already. Floaters of one [`Group`] are
//! alike in everything that matters (replicas of a workload), and answers are counts: of `count` alike pods at least
//! `least` get a place in every run of events, and at most `most`. Of the replacements of a wave the first that are certain
//! are told yes, the last that are left over no.
//!
//! - [`favorable`] finds `most`: nodes that a pod could pass if everything else went well for it. None means no.
//! - [`adversary`] finds `least`: can all others, placed as unluckily as possible, shut every node to it?
//! - [`settle`] follows every way in which things can settle, where there are few enough, and closes the gap.
//!
//! Each file says why its bound is sound. Whatever preemption could change is unknown.

mod adversary;
mod evaluate;
mod favorable;
mod greedy;
mod group;
mod settle;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::{Answer, Cluster, NotModeled};
use crate::model::WidePod;
use group::Group;

/// A pod that leaves its node.
#[derive(Clone, Copy, Debug)]
pub struct Departure<'a> {
    /// Its namespace.
    pub namespace: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The pod that its controller creates instead; none for a bare pod, or one that has ended.
    pub replacement: Option<&'a WidePod>,
}

/// What becomes of a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// Whether it gets a place. Of pods of a wave that are alike, the first are told yes and the last no: which of them it
    /// will be is the scheduler's choice, how many is not.
    pub answer: Answer,
    /// Nodes that it can go to; the scheduler's favorites are not foretold.
    pub nodes: Vec<Arc<str>>,
    /// What the scheduler says, to its first period, if it gets none.
    pub message: Option<String>,
    /// What makes the answer unknown.
    pub not_modeled: Vec<NotModeled>,
}

/// A cluster from which pods leave, wave by wave. In a wave pods leave in any order; it ends when all are gone and their
/// replacements have a place, or were refused.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// Pods that stay, those of later waves included.
    stays: Cluster,
    groups: Vec<Group>,
    /// One way it can go, for messages and nodes to name.
    greedy: greedy::Greedy,
    wave: usize,
}

impl Forecast {
    /// Starts from a cluster whose drained nodes are cordoned already. Pods that wait in it compete for places.
    pub fn new(mut cluster: Cluster) -> Self {
        let mut groups = Vec::new();
        for pod in cluster.pending().to_vec() {
            // A pod that cannot be read cannot be scheduled either.
            if let Ok(candidate) = cluster.candidate(&pod) {
                Group::join_waiting(&mut groups, candidate);
            }
        }
        let greedy = greedy::Greedy::new(cluster.clone_for_trial(), &groups);
        Self { stays: cluster, groups, greedy, wave: 0 }
    }

    /// Lets pods leave and says what becomes of the replacement of each by the end of the wave; `None` where there is none.
    pub fn wave(&mut self, departures: &[Departure<'_>]) -> Vec<Option<Prediction>> {
        self.wave += 1;
        let mut members = Vec::with_capacity(departures.len());
        for departure in departures {
            members.push(departure.replacement.map(|pod| match self.stays.candidate(pod) {
                Ok(candidate) => Ok(Group::join(&mut self.groups, candidate, self.wave)),
                Err(reason) => Err(reason),
            }));
        }
        let leaving: Vec<_> =
            departures.iter().filter_map(|one| self.stays.placed(one.namespace, one.name)).collect();
        for (number, group) in self.groups.iter_mut().enumerate() {
            let own = members
                .iter()
                .zip(departures)
                .filter(|(member, _)| matches!(member, Some(Ok((group, _))) if *group == number))
                .filter_map(|(_, departure)| self.stays.placed(departure.namespace, departure.name));
            // One that waits since an earlier wave sees all of them still.
            group.own = if group.waits_alone() { own.collect() } else { Vec::new() };
        }
        let before = self.stays.clone_for_trial();
        for departure in departures {
            self.stays.remove(departure.namespace, departure.name);
        }
        for group in &mut self.groups {
            group.candidate = self.stays.current(&group.candidate).into_owned();
        }
        self.evaluate(&before, &leaving);
        self.groups.iter_mut().for_each(|group| group.share_out(self.wave));
        let asked: Vec<_> = members.iter().filter_map(|member| member.clone()?.ok()).collect();
        let shown = self.greedy.wave(&self.groups, &self.stays, &asked, &leaving);
        members.into_iter().map(|member| member.map(|member| self.prediction(member, &shown))).collect()
    }

    /// Returns whether a replacement is certain to have a place when all waves are over, in the order of all departures
    /// that have one: what a later wave frees can help an earlier pod.
    pub fn finish(mut self) -> Vec<Answer> {
        let stays = self.stays.clone_for_trial();
        self.groups.iter_mut().for_each(|group| group.own.clear());
        self.evaluate(&stays, &[]);
        let answers =
            self.groups.iter().flat_map(|group| group.members.iter().copied().zip(group.last_answers()));
        let mut answers: Vec<_> = answers.collect();
        answers.sort_by_key(|(member, _)| *member);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    fn prediction(
        &self,
        member: Result<(usize, usize), NotModeled>,
        shown: &[((usize, usize), greedy::Shown)],
    ) -> Prediction {
        let (group, index) = match member {
            Ok(member) => member,
            Err(reason) => {
                let not_modeled = vec![reason];
                return Prediction { answer: Answer::Unknown, nodes: Vec::new(), message: None, not_modeled };
            }
        };
        let shown = shown.iter().find(|(other, _)| *other == (group, index)).map(|(_, shown)| shown.clone());
        let shown = shown.unwrap_or_default();
        let group = &self.groups[group];
        let answer = group.answer(index);
        let (nodes, message) = match answer {
            Answer::Yes => (shown.nodes, None),
            Answer::No => (Vec::new(), Some(shown.message.unwrap_or_default())),
            Answer::Unknown => (shown.nodes, shown.message),
        };
        Prediction { answer, nodes, message, not_modeled: group.why_unknown(answer) }
    }
}
