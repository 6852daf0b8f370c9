//! One way it can go, for messages and nodes to name: the highest priority first, each to the emptiest node.

use std::cmp::Reverse;
use std::sync::Arc;

use super::favorable::Leaving;
use super::group::Group;
use crate::placement::candidate::Candidate;
use crate::placement::cluster::Cluster;

/// What is shown of a pod.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub(super) nodes: Vec<Arc<str>>,
    pub(super) message: Option<String>,
}

/// The cluster as it becomes.
#[derive(Clone, Debug)]
pub(super) struct Greedy {
    cluster: Cluster,
    /// Pods without a place so far, by group.
    waiting: Vec<usize>,
}

impl Greedy {
    /// Starts with the pods that wait already.
    pub(super) fn new(cluster: Cluster, groups: &[Group]) -> Self {
        let waiting =
            groups.iter().enumerate().flat_map(|(number, group)| vec![number; group.count]).collect();
        let mut greedy = Self { cluster, waiting };
        greedy.place_waiting(groups);
        greedy
    }

    /// Lets pods leave and places their replacements, members of groups.
    pub(super) fn wave(
        &mut self,
        groups: &[Group],
        stays: &Cluster,
        members: &[(usize, usize)],
        leaving: &[Leaving],
    ) -> Vec<((usize, usize), Shown)> {
        self.cluster.learn(stays);
        for (profile, node, terminating) in leaving {
            self.cluster.vacate(*profile, *node, *terminating);
        }
        self.place_waiting(groups);
        let mut members = members.to_vec();
        members.sort_by_key(|(group, index)| (Reverse(groups[*group].candidate.priority), *group, *index));
        let mut shown = Vec::with_capacity(members.len());
        for (group, index) in members {
            let fit = self.cluster.fit(&groups[group].candidate);
            let message = (!fit.fits()).then(|| fit.message());
            if !self.place(&groups[group].candidate) {
                self.waiting.push(group);
            }
            shown.push(((group, index), Shown { nodes: fit.nodes, message }));
        }
        shown
    }

    fn place_waiting(&mut self, groups: &[Group]) {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting = waiting.into_iter().filter(|group| !self.place(&groups[*group].candidate)).collect();
    }

    /// Places a pod on the emptiest node that passes. Returns whether one does.
    fn place(&mut self, candidate: &Candidate) -> bool {
        let candidate = self.cluster.current(candidate).into_owned();
        if candidate.rejection.is_some() || !candidate.not_modeled.is_empty() {
            return false;
        }
        let counted = self.cluster.pre_filter(&candidate);
        let passing = (0..self.cluster.nodes.len())
            .filter(|node| self.cluster.check(&candidate, &counted, *node).is_ok());
        let Some(node) = passing.max_by_key(|node| self.cluster.nodes[*node].free_share()) else {
            return false;
        };
        self.cluster.occupy(candidate.profile, node, false);
        self.cluster.take_volumes(&candidate, node);
        true
    }
}
