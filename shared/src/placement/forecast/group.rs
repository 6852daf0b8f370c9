//! Floaters that are alike.

use super::favorable::Leaving;
use crate::placement::node_state::NodeId;
use crate::placement::{Answer, Candidate, NotModeled};

/// Pods that the scheduler cannot tell apart: same template, same claims. Which of them gets a place is its choice, how many
/// do is not: so they are counted together, whichever wave they leave in, and with those that waited before. A place that
/// one of those takes is as good as one for the replacement: as many of them wait as did.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) candidate: Candidate,
    /// How many there are, those that waited before the first wave included.
    pub(super) count: usize,
    /// The position of every replacement among all departures with one.
    pub(super) members: Vec<usize>,
    /// Its replacements of every wave, in the order of waves.
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
    /// The pods that leave in this wave, if no other of the group waits: once a replacement is there one of them spreads
    /// no more.
    pub(super) own: Vec<Leaving>,
    /// What preemption would take to place one.
    pub(super) preempts: Option<NotModeled>,
    /// Whether one of higher priority may push them away.
    pub(super) preempted: bool,
}

/// The replacements of a group that one wave adds.
#[derive(Clone, Copy, Debug)]
struct Share {
    wave: usize,
    /// How many replacements of the group come before them.
    start: usize,
    count: usize,
    /// Whether all that came before them had a place when their wave began, in every run.
    alone: bool,
    /// How many of them are certain to have a place by the end of their wave.
    yes: usize,
    /// How many are certain to have none by then.
    no: usize,
}

impl Group {
    /// Adds a pod that waits already to its group, a new one if need be.
    pub(super) fn join_waiting(groups: &mut Vec<Self>, candidate: Candidate) {
        let group = Self::of(groups, candidate);
        groups[group].count += 1;
    }

    /// Adds a replacement to its group, a new one if need be. Returns the numbers of both.
    pub(super) fn join(groups: &mut Vec<Self>, candidate: Candidate, wave: usize) -> (usize, usize) {
        let position = groups.iter().map(|group| group.members.len()).sum();
        let number = Self::of(groups, candidate);
        let group = &mut groups[number];
        let start = group.members.len();
        if group.shares.last().is_none_or(|share| share.wave != wave) {
            let alone = group.least == group.count && !group.preempted;
            group.shares.push(Share { wave, start, count: 0, alone, yes: 0, no: 0 });
        }
        if let Some(share) = group.shares.last_mut() {
            share.count += 1;
        }
        group.members.push(position);
        group.count += 1;
        (number, start)
    }

    /// Returns the number of the group of a pod, a new one if need be.
    fn of(groups: &mut Vec<Self>, candidate: Candidate) -> usize {
        let known = groups.iter().position(|group| group.candidate.kind == candidate.kind);
        known.unwrap_or_else(|| {
            groups.push(Self {
                candidate,
                count: 0,
                members: Vec::new(),
                shares: Vec::new(),
                least: 0,
                most: 0,
                possible: Vec::new(),
                earlier: Vec::new(),
                spread_caps: Vec::new(),
                own: Vec::new(),
                preempts: None,
                preempted: false,
            });
            groups.len() - 1
        })
    }

    /// Raises what the domains of its spread constraints can hold to this: pods of earlier waves came under other caps.
    pub(super) fn raise_caps(&mut self, caps: Vec<Vec<i64>>) {
        self.spread_caps.resize(caps.len(), Vec::new());
        for (known, caps) in self.spread_caps.iter_mut().zip(caps) {
            known.resize(caps.len(), 0);
            known.iter_mut().zip(caps).for_each(|(known, cap)| *known = (*known).max(cap));
        }
    }

    /// Returns whether all that came before the last wave have a place, so that none of them waits with those of this one.
    pub(super) fn waits_alone(&self) -> bool {
        self.shares.last().is_none_or(|share| share.alone)
    }

    /// Notes how many pods of this wave get a place by its end, and how many get none: what was certain of earlier waves
    /// is so still, since pods keep their places.
    pub(super) fn share_out(&mut self, wave: usize) {
        let (told, refused) = self
            .shares
            .iter()
            .filter(|share| share.wave != wave)
            .fold((0, 0), |(yes, no), share| (yes + share.yes, no + share.no));
        let (least, short) = (self.certain_yes(), self.certain_no());
        if let Some(share) = self.shares.last_mut().filter(|share| share.wave == wave) {
            share.yes = share.count.min(least.saturating_sub(told));
            share.no = (share.count - share.yes).min(short.saturating_sub(refused));
        }
    }

    /// Returns how many replacements get a place in every run.
    fn certain_yes(&self) -> usize {
        let is_sure = self.candidate.not_modeled.is_empty() && !self.preempted;
        if is_sure { self.least.min(self.members.len()) } else { 0 }
    }

    /// Returns how many more than before wait in every run.
    fn certain_no(&self) -> usize {
        let is_sure = self.candidate.not_modeled.is_empty() && self.preempts.is_none();
        if is_sure { self.members.len().saturating_sub(self.most) } else { 0 }
    }

    /// Returns the answer for the replacement of this number by the end of its wave.
    pub(super) fn answer(&self, index: usize) -> Answer {
        let share = self.shares.iter().rev().find(|share| share.start <= index);
        let Some(share) = share else { return Answer::Unknown };
        match index - share.start {
            index if index < share.yes => Answer::Yes,
            index if index >= share.count - share.no => Answer::No,
            _ => Answer::Unknown,
        }
    }

    /// Returns the answers of all replacements when all waves are over. A yes of a wave stays one.
    pub(super) fn last_answers(&self) -> Vec<Answer> {
        let mut answers: Vec<_> = (0..self.members.len()).map(|index| self.answer(index)).collect();
        let number = |answers: &[Answer], of: Answer| answers.iter().filter(|answer| **answer == of).count();
        let more = self.certain_yes().saturating_sub(number(&answers, Answer::Yes));
        let left = change(answers.iter_mut(), more, Answer::Unknown, Answer::Yes);
        change(answers.iter_mut(), left, Answer::No, Answer::Yes);
        // What a later wave frees may help those that were told no.
        let (told, certain) = (number(&answers, Answer::No), self.certain_no());
        change(answers.iter_mut(), told.saturating_sub(certain), Answer::No, Answer::Unknown);
        change(answers.iter_mut().rev(), certain.saturating_sub(told), Answer::Unknown, Answer::No);
        answers
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

/// Changes so many of the first answers that are one thing into another. Returns how many were missing.
fn change<'a>(
    answers: impl Iterator<Item = &'a mut Answer>,
    count: usize,
    from: Answer,
    to: Answer,
) -> usize {
    let mut left = count;
    for answer in answers.filter(|answer| **answer == from).take(count) {
        (*answer, left) = (to, left - 1);
    }
    left
}
