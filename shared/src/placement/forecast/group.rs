//! Floaters that are alike.

use super::favorable::Leaving;
use crate::placement::node_state::NodeId;
use crate::placement::{Answer, Candidate, NotModeled};

/// Pods that the scheduler cannot tell apart: same template, same claims. Those of earlier waves come first, but one that
/// waits still can lose its place to one of a later wave: so answers are counted for each wave, by [`Share`].
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) candidate: Candidate,
    /// The first wave with one of them; 0 for pods that waited before.
    pub(super) wave: usize,
    pub(super) count: usize,
    /// The position of each among all departures with a replacement.
    pub(super) members: Vec<usize>,
    /// Its pods of every wave, in the order of waves.
    shares: Vec<Share>,
    /// How many get a place in every run of events.
    pub(super) least: usize,
    /// How many get one in some run.
    pub(super) most: usize,
    /// Where they can be.
    pub(super) possible: Vec<NodeId>,
    /// Where they can be since an earlier wave, whatever helped them then.
    pub(super) earlier: Vec<NodeId>,
    /// How many of them every domain of each spread constraint can hold, in any wave so far.
    pub(super) spread_caps: Vec<Vec<i64>>,
    /// The pod that leaves in this wave, if it is one: once its replacement is there it spreads no more.
    pub(super) own: Option<Leaving>,
    /// What preemption would take to place one.
    pub(super) preempts: Option<NotModeled>,
    /// Whether one of higher priority may push them away.
    pub(super) preempted: bool,
}

/// The pods of a group that one wave adds.
#[derive(Clone, Copy, Debug)]
struct Share {
    wave: usize,
    /// How many of the group come before them.
    start: usize,
    count: usize,
    /// How many of those before them had a place when their wave began, in every run.
    least_before: usize,
    /// How many of them get a place in every run.
    least: usize,
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
                shares: Vec::new(),
                least: 0,
                most: 0,
                possible: Vec::new(),
                earlier: Vec::new(),
                spread_caps: Vec::new(),
                own: None,
                preempts: None,
                preempted: false,
            });
            groups.len() - 1
        });
        let group = &mut groups[number];
        group.members.push(position);
        if group.shares.last().is_none_or(|share| share.wave != wave) {
            let (start, least_before) = (group.count, group.least);
            group.shares.push(Share { wave, start, count: 0, least_before, least: 0 });
        }
        if let Some(share) = group.shares.last_mut() {
            share.count += 1;
        }
        group.count += 1;
        (number, group.count - 1)
    }

    /// Raises what the domains of its spread constraints can hold to this: pods of earlier waves came under other caps.
    pub(super) fn raise_caps(&mut self, caps: Vec<Vec<i64>>) {
        self.spread_caps.resize(caps.len(), Vec::new());
        for (known, caps) in self.spread_caps.iter_mut().zip(caps) {
            known.resize(caps.len(), 0);
            known.iter_mut().zip(caps).for_each(|(known, cap)| *known = (*known).max(cap));
        }
    }

    /// Returns whether all pods of earlier waves have a place, so that none of them waits with those of this wave.
    pub(super) fn waits_alone(&self) -> bool {
        self.shares.last().is_none_or(|share| share.least_before == share.start && !self.preempted)
    }

    /// Notes how many pods of every wave get a place: all but those that can be passed over for pods of other waves. They
    /// keep their places, so what held after an earlier wave holds on.
    pub(super) fn share_out(&mut self) {
        if self.preempted {
            return;
        }
        for share in &mut self.shares {
            let others = self.count - share.count;
            share.least = share.least.max(self.least.saturating_sub(others));
        }
    }

    /// Returns the answer for the pod of this index.
    pub(super) fn answer(&self, index: usize) -> Answer {
        let Some(share) = self.shares.iter().rev().find(|share| share.start <= index) else {
            return Answer::Unknown;
        };
        let index = index - share.start;
        let unsure = !self.candidate.not_modeled.is_empty() || self.preempted;
        if index < share.least && !unsure {
            Answer::Yes
        } else if index >= self.most_of(share)
            && self.candidate.not_modeled.is_empty()
            && self.preempts.is_none()
        {
            Answer::No
        } else {
            Answer::Unknown
        }
    }

    /// Returns how many pods of a wave get a place in some run: those of other waves that are certain to have one leave
    /// the rest.
    fn most_of(&self, share: &Share) -> usize {
        // Others that may be pushed away can leave all of it.
        if self.preempted {
            return self.most;
        }
        let others: usize = self.shares.iter().map(|other| other.least).sum::<usize>() - share.least;
        self.most.saturating_sub(others.max(share.least_before))
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
