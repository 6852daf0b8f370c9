//! Finds the bounds of every group.

use super::Forecast;
use super::adversary;
use super::favorable::{self, Leaving};
use super::group::Group;
use super::settle;
use crate::placement::cluster::Cluster;
use crate::placement::{Candidate, NotModeled};

impl Forecast {
    /// Bounds every group, with these pods leaving from the cluster `before`. A pod that has a place keeps it: bounds of
    /// earlier waves hold on.
    pub(super) fn evaluate(&mut self, before: &Cluster, leaving: &[Leaving]) {
        self.bound_places(leaving);
        for number in 0..self.groups.len() {
            let caps = favorable::spread_caps(&self.stays, &self.groups[number], &self.groups, leaving);
            self.groups[number].raise_caps(caps);
        }
        for group in &mut self.groups {
            group.most = favorable::most(&self.stays, group).max(group.most);
            group.preempts = None;
            group.preempted = false;
        }
        let least: Vec<_> =
            (0..self.groups.len()).map(|group| adversary::least(&self.stays, group, &self.groups)).collect();
        for (group, least) in self.groups.iter_mut().zip(least) {
            group.least = least.max(group.least);
        }
        settle::tighten(&self.stays, &mut self.groups);
        self.note_preemption(before);
    }

    /// Finds where pods of every group can be. Floaters help each other with spread and affinity, but whoever comes first
    /// is helped by pods that stay or leave alone, the second by those and the first, and so on: so places are added
    /// until no group gets another.
    fn bound_places(&mut self, leaving: &[Leaving]) {
        // Another scheduler has filters of its own.
        let foreign = |one: &NotModeled| matches!(one, NotModeled::OtherScheduler(_));
        let everywhere = 0..self.stays.nodes.len();
        for group in &mut self.groups {
            group.earlier.clone_from(&group.possible);
            if group.candidate.not_modeled.iter().any(foreign) {
                group.possible = everywhere.clone().collect();
            }
        }
        let depends = |candidate: &Candidate| !candidate.spread.is_empty() || !candidate.affinity.is_empty();
        let mut changed = true;
        let mut first = true;
        while std::mem::take(&mut changed) {
            for number in 0..self.groups.len() {
                let group = &self.groups[number];
                if group.possible.len() == everywhere.len() || (!first && !depends(&group.candidate)) {
                    continue;
                }
                let mut possible = favorable::nodes(&self.stays, group, &self.groups, leaving);
                possible.extend(&group.earlier);
                possible.sort_unstable();
                possible.dedup();
                changed |= possible != group.possible;
                self.groups[number].possible = possible;
            }
            first = false;
        }
    }

    /// Notes where preemption could change what the bounds say. A pod preempts when it is refused, and so only one that is
    /// not certain to be taken at once; it can push away any floater of lower priority.
    fn note_preemption(&mut self, before: &Cluster) {
        let mut highest = i32::MIN;
        for number in 0..self.groups.len() {
            let group = &self.groups[number];
            let candidate = &group.candidate;
            let certain =
                group.least == group.count && (before.fit(candidate).fits() || !self.has_lower(candidate));
            if certain || candidate.rejection.is_some() || !candidate.preempts {
                continue;
            }
            let lower = |other: &&Group| other.candidate.priority < candidate.priority;
            let floater = self
                .groups
                .iter()
                .filter(lower)
                .any(|other| other.possible.iter().any(|node| group.possible.contains(node)));
            let placed =
                self.stays.preemption_anywhere(candidate).or_else(|| before.preemption_anywhere(candidate));
            if floater || placed.is_some() {
                highest = highest.max(candidate.priority);
            }
            if let Some(placed) = placed {
                self.groups[number].preempts =
                    Some(NotModeled::Preemption { victims: placed.lower, node: placed.node.to_string() });
            }
        }
        for group in &mut self.groups {
            group.preempted = group.candidate.priority < highest;
        }
    }

    fn has_lower(&self, candidate: &Candidate) -> bool {
        self.stays.profiles.iter().any(|(_, profile)| profile.priority < candidate.priority)
    }
}
