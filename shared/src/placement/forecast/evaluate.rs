//! Finds the bounds of every group.

use super::Forecast;
use super::adversary;
use super::favorable::{self, Leaving};
use crate::placement::cluster::Cluster;
use crate::placement::{Candidate, NotModeled};

impl Forecast {
    /// Bounds every group, with these pods leaving from the cluster `before`.
    pub(super) fn evaluate(&mut self, before: &Cluster, leaving: &[Leaving]) {
        self.bound_places(leaving);
        for group in &mut self.groups {
            group.most = favorable::most(&self.stays, group);
            group.preempts = None;
            group.preempted = false;
        }
        let least: Vec<_> =
            (0..self.groups.len()).map(|group| adversary::least(&self.stays, group, &self.groups)).collect();
        for (group, least) in self.groups.iter_mut().zip(least) {
            group.least = least;
        }
        self.note_preemption(before);
    }

    /// Finds where pods of every group can be. Where groups help each other, what one cannot reach helps the others less;
    /// every round is sound, and a few come to rest.
    fn bound_places(&mut self, leaving: &[Leaving]) {
        let everywhere: Vec<_> = (0..self.stays.nodes.len()).collect();
        for group in &mut self.groups {
            group.possible.clone_from(&everywhere);
        }
        let depends = |candidate: &Candidate| !candidate.spread.is_empty() || !candidate.affinity.is_empty();
        for round in 0..3 {
            let mut changed = false;
            for number in 0..self.groups.len() {
                let group = &self.groups[number];
                // Another scheduler has filters of its own.
                let foreign = |one: &NotModeled| matches!(one, NotModeled::OtherScheduler(_));
                if group.candidate.not_modeled.iter().any(foreign)
                    || (round > 0 && !depends(&group.candidate))
                {
                    continue;
                }
                let possible = favorable::nodes(&self.stays, group, &self.groups, leaving);
                changed |= possible != group.possible;
                self.groups[number].possible = possible;
            }
            if !changed {
                break;
            }
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
            let lower = |other: &&super::Group| other.candidate.priority < candidate.priority;
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
