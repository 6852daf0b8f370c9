//! Follows every way in which things can settle, where there are few enough: exact bounds.
//!
//! However events ran, in the end every floater has a node or waits, and
//! - what stands together can: sums, ports, limits and anti-affinity hold between all pods, since each was checked against
//!   those before it, and those rules only ever get tighter;
//! - who waits fits nowhere: the scheduler would have tried again (`EventsToRegister` of each plugin).
//!
//! So the states that satisfy both are a superset of those that can come about, and what holds in all of them is certain.
//! Spread and affinity are asked for those who wait, not for those who stand: they may have been helped by pods that are
//! gone. Where such pods can be, and how many in each domain, is bounded by [`super::favorable`].

use super::group::Group;
use crate::placement::cluster::Cluster;
use crate::placement::filter::PreFilter;
use crate::placement::node_state::NodeId;

/// How many times a node is looked at before it is given up.
const BUDGET: usize = 40_000;
/// How many places all groups together may have: the search is as deep.
const PLACES: usize = 500;

/// Tightens the bounds of every group, if all states can be followed.
pub(super) fn tighten(stays: &Cluster, groups: &mut [Group]) {
    let is_open = |group: &Group| group.least < group.most && group.candidate.not_modeled.is_empty();
    // A volume that is chosen as a pod is placed would make a state more than who stands where.
    let is_followed =
        |group: &Group| group.candidate.not_modeled.is_empty() && !group.candidate.claims.is_delayed();
    if !groups.iter().any(is_open) || !groups.iter().filter(|group| group.most > 0).all(is_followed) {
        return;
    }
    let mut order: Vec<_> = (0..groups.len()).filter(|group| groups[*group].most > 0).collect();
    if order.iter().map(|group| groups[*group].possible.len()).sum::<usize>() > PLACES {
        return;
    }
    order.sort_by_key(|group| groups[*group].possible.len());
    let mut search = Search {
        cluster: stays.clone_for_trial(),
        unchanging: groups.iter().map(|group| stays.pre_filter(&group.candidate)).collect(),
        groups,
        order,
        placed: vec![Vec::new(); groups.len()],
        least: vec![usize::MAX; groups.len()],
        most: vec![0; groups.len()],
        budget: BUDGET,
    };
    search.place(0, 0);
    if search.budget == 0 {
        return;
    }
    let (least, most) = (search.least, search.most);
    for ((group, least), most) in
        groups.iter_mut().zip(least).zip(most).filter(|((_, least), _)| *least < usize::MAX)
    {
        group.least = group.least.max(least);
        group.most = group.most.min(most);
    }
}

struct Search<'a> {
    cluster: Cluster,
    groups: &'a [Group],
    /// What is counted for groups that pods elsewhere do not matter to.
    unchanging: Vec<PreFilter>,
    order: Vec<usize>,
    /// The nodes on which pods of every group stand.
    placed: Vec<Vec<NodeId>>,
    least: Vec<usize>,
    most: Vec<usize>,
    budget: usize,
}

impl Search<'_> {
    /// Places every number of pods of a group on its next node, then those of the groups that follow.
    fn place(&mut self, position: usize, next: usize) {
        let Some(number) = self.order.get(position).copied() else { return self.settle() };
        let group = &self.groups[number];
        let Some(node) = group.possible.get(next).copied() else {
            if self.placed[number].len() >= group.least {
                self.place(position + 1, 0);
            }
            return;
        };
        let before = self.placed[number].len();
        loop {
            self.place(position, next + 1);
            if self.budget == 0 || self.placed[number].len() >= group.most || !self.can_stand(number, node) {
                break;
            }
            self.cluster.occupy(group.candidate.profile, node, false);
            self.placed[number].push(node);
        }
        for _ in before..self.placed[number].len() {
            self.cluster.vacate(group.candidate.profile, node, false);
        }
        self.placed[number].truncate(before);
    }

    fn can_stand(&mut self, number: usize, node: usize) -> bool {
        self.budget = self.budget.saturating_sub(1);
        if self.is_capped(number, node) {
            return false;
        }
        let candidate = &self.groups[number].candidate;
        let counted = self.counted(number);
        let counted = counted.as_ref().unwrap_or(&self.unchanging[number]);
        self.cluster.check_own(candidate, counted, node).is_ok()
            && self.cluster.check_repelled(&counted.relations, node).is_ok()
    }

    /// Returns whether a domain of the node holds as many pods of a group as it ever can.
    fn is_capped(&self, number: usize, node: NodeId) -> bool {
        let group = &self.groups[number];
        group.candidate.spread.iter().zip(&group.spread_caps).any(|(constraint, caps)| {
            let topology = self.cluster.topologies.get(constraint.topology);
            let Some(domain) = topology.domain(node) else { return false };
            let there = self.placed[number].iter().filter(|one| topology.domain(**one) == Some(domain));
            caps.get(domain).is_some_and(|cap| i64::try_from(there.count()).is_ok_and(|there| there >= *cap))
        })
    }

    fn counted(&self, number: usize) -> Option<PreFilter> {
        let candidate = &self.groups[number].candidate;
        candidate.depends_on_pods().then(|| self.cluster.pre_filter(candidate))
    }

    /// Notes the state, if nobody who waits fits anywhere.
    fn settle(&mut self) {
        for number in 0..self.groups.len() {
            let group = &self.groups[number];
            if self.placed[number].len() == group.count || group.candidate.rejection.is_some() {
                continue;
            }
            let counted = self.counted(number);
            let counted = counted.as_ref().unwrap_or(&self.unchanging[number]);
            self.budget = self.budget.saturating_sub(group.possible.len().max(1));
            // Only a node that it could have can take it now.
            if group.possible.iter().any(|node| self.cluster.check(&group.candidate, counted, *node).is_ok())
            {
                return;
            }
        }
        for (number, placed) in self.placed.iter().enumerate() {
            self.least[number] = self.least[number].min(placed.len());
            self.most[number] = self.most[number].max(placed.len());
        }
    }
}
