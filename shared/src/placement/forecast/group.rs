//! Floaters that are alike.

use super::favorable::Leaving;
use crate::placement::node_state::NodeId;
use crate::placement::{Answer, Candidate, NotModeled};

/// Pods that the scheduler cannot tell apart: same template, same claims. Those of earlier waves come first: they have
/// their places before the later ones ask.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) candidate: Candidate,
    /// The first wave with one of them; 0 for pods that waited before.
    pub(super) wave: usize,
    pub(super) count: usize,
    /// The position of each among all departures with a replacement.
    pub(super) members: Vec<usize>,
    /// How many get a place in every run of events.
    pub(super) least: usize,
    /// How many get one in some run.
    pub(super) most: usize,
    /// Where they can be.
    pub(super) possible: Vec<NodeId>,
    /// Where they can be since an earlier wave, whatever helped them then.
    pub(super) earlier: Vec<NodeId>,
    /// The pod that leaves in this wave, if it is one: once its replacement is there it spreads no more.
    pub(super) own: Option<Leaving>,
    /// What preemption would take to place one.
    pub(super) preempts: Option<NotModeled>,
    /// Whether one of higher priority may push them away.
    pub(super) preempted: bool,
}

impl Group {
    /// Adds a pod to its group, a new one if need be. Returns both numbers.
    pub(super) fn join(groups: &mut Vec<Self>, candidate: Candidate, wave: usize) -> (usize, usize) {
        let position = groups.iter().filter(|group| group.wave > 0).map(|group| group.count).sum();
        let known = groups
            .iter()
            .position(|group| (group.wave > 0) == (wave > 0) && group.candidate.kind == candidate.kind);
        let number = known.unwrap_or_else(|| {
            groups.push(Self {
                candidate,
                wave,
                count: 0,
                members: Vec::new(),
                least: 0,
                most: 0,
                possible: Vec::new(),
                earlier: Vec::new(),
                own: None,
                preempts: None,
                preempted: false,
            });
            groups.len() - 1
        });
        let group = &mut groups[number];
        group.members.push(position);
        group.count += 1;
        (number, group.count - 1)
    }

    /// Returns the answer for the pod of this index.
    pub(super) fn answer(&self, index: usize) -> Answer {
        let unsure = !self.candidate.not_modeled.is_empty() || self.preempted;
        if index < self.least && !unsure {
            Answer::Yes
        } else if index >= self.most && self.candidate.not_modeled.is_empty() && self.preempts.is_none() {
            Answer::No
        } else {
            Answer::Unknown
        }
    }

    /// Returns what makes an answer unknown.
    pub(super) fn why_unknown(&self, answer: Answer) -> Vec<NotModeled> {
        if answer != Answer::Unknown {
            return Vec::new();
        }
        let mut reasons = self.candidate.not_modeled.clone();
        reasons.extend(self.preempts.clone());
        if reasons.is_empty() {
            reasons.push(NotModeled::Contention);
        }
        reasons
    }
}
