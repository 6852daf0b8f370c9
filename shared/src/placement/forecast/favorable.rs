//! Where a pod could go if everything else went well for it: an upper bound.
//!
//! Sums, ports, limits and anti-affinity are checked against the pods that stay, and others only take away from those. So
//! a node refused for one of them stays shut. Two rules can also be helped by others, and are checked at their best:
//! - Spread: a domain has at least the pods that stay there; the emptiest has at most those that stay, those about to
//!   leave, and every floater that can come there.
//! - Affinity: a domain attracts if a pod that stays, one about to leave, or a floater that can come there is meant. The
//!   first of its group may go anywhere if no pod that stays is meant.

use super::group::Group;
use crate::placement::candidate::Candidate;
use crate::placement::cluster::Cluster;
use crate::placement::filter::PreFilter;
use crate::placement::node_state::NodeId;
use crate::placement::profile::ProfileId;
use crate::placement::spread::{DomainCounts, SpreadConstraint, least_of};
use crate::placement::topology::{Topology, TopologyId};

/// A pod about to leave: profile, node, and whether it is being deleted already.
pub(super) type Leaving = (ProfileId, NodeId, bool);

/// Returns the nodes that pass for a pod of a group whatever helps it.
pub(super) fn nodes(stays: &Cluster, group: &Group, groups: &[Group], leaving: &[Leaving]) -> Vec<NodeId> {
    let candidate = &group.candidate;
    if candidate.rejection.is_some() {
        return Vec::new();
    }
    let counted = stays.pre_filter(candidate);
    let help = Help { stays, candidate, counted: &counted, groups, leaving, own: &group.own };
    let (spread, attracting) = (help.spread(), help.attracting());
    let is_in = |(topology, domains): &(TopologyId, Vec<bool>), node: NodeId| {
        stays.topologies.get(*topology).domain(node).is_some_and(|domain| domains[domain])
    };
    let passes = |node: &NodeId| {
        stays.check_own(candidate, &counted, *node).is_ok()
            && stays.check_repelled(&counted.relations, *node).is_ok()
            && spread.iter().chain(&attracting).all(|domains| is_in(domains, *node))
    };
    (0..stays.nodes.len()).filter(passes).collect()
}

/// Returns how many pods of a group the domains of each of its spread constraints can hold: the last that came found the
/// others there, and those that stay. Unlimited where the constraint does not count pods of the group.
pub(super) fn spread_caps(
    stays: &Cluster,
    group: &Group,
    groups: &[Group],
    leaving: &[Leaving],
) -> Vec<Vec<i64>> {
    let candidate = &group.candidate;
    let counted = stays.pre_filter(candidate);
    let help = Help { stays, candidate, counted: &counted, groups, leaving, own: &group.own };
    let all = candidate.spread.iter().zip(&counted.domains).zip(&candidate.matches.spread);
    let caps = all.map(|((constraint, domains), matches)| {
        if !matches.contains(&candidate.profile) {
            return vec![i64::MAX; domains.counts.len()];
        }
        let least = help.least_at_best(constraint, domains, matches);
        let limit = constraint.max_skew.saturating_add(least) + 1 - i64::from(constraint.counts_itself);
        domains.counts.iter().map(|count| (limit - count).max(0)).collect()
    });
    caps.collect()
}

struct Help<'a> {
    stays: &'a Cluster,
    candidate: &'a Candidate,
    counted: &'a PreFilter,
    groups: &'a [Group],
    leaving: &'a [Leaving],
    own: &'a [Leaving],
}

impl Help<'_> {
    /// Returns for every constraint the domains that can be open.
    fn spread(&self) -> Vec<(TopologyId, Vec<bool>)> {
        let all = self.candidate.spread.iter().zip(&self.counted.domains).zip(&self.candidate.matches.spread);
        let open = all.map(|((constraint, domains), matches)| {
            let least = self.least_at_best(constraint, domains, matches);
            let itself = i64::from(constraint.counts_itself);
            let is_open = |count: &i64| count + itself - least <= constraint.max_skew;
            (constraint.topology, domains.counts.iter().map(is_open).collect())
        });
        open.collect()
    }

    /// Returns the most pods that the emptiest domain of a constraint can have.
    fn least_at_best(
        &self,
        constraint: &SpreadConstraint,
        domains: &DomainCounts,
        matches: &[ProfileId],
    ) -> i64 {
        let topology = self.stays.topologies.get(constraint.topology);
        let mut most = domains.counts.clone();
        for (profile, node, _) in self.leaving {
            if let Some(domain) = topology.domain(*node).filter(|_| matches.contains(profile)) {
                most[domain] += 1;
            }
        }
        for group in self.groups.iter().filter(|group| matches.contains(&group.candidate.profile)) {
            for (domain, _) in reached(&group.possible, topology) {
                most[domain] += i64::try_from(group.count).unwrap_or(i64::MAX);
            }
        }
        let least = |most: &[i64]| least_of(most, &domains.present, constraint.min_domains);
        // A replacement comes when a pod of its group is being deleted, and then that one counts no more, whichever it is.
        let counted = |(profile, node, terminating): &Leaving| {
            topology.domain(*node).filter(|_| !terminating && matches.contains(profile))
        };
        let own: Vec<usize> = self.own.iter().map(counted).collect::<Option<_>>().unwrap_or_default();
        let without = |domain: usize| {
            let mut most = most.clone();
            most[domain] -= 1;
            least(&most)
        };
        own.into_iter().map(without).max().unwrap_or_else(|| least(&most))
    }

    /// Returns for every term of affinity the domains that can attract.
    fn attracting(&self) -> Vec<(TopologyId, Vec<bool>)> {
        let relations = &self.counted.relations;
        let matches = &self.candidate.matches.affinity;
        let first = self.candidate.attracts_itself && !relations.any_attracting;
        let all = relations.attracting.iter().map(|(id, domains)| {
            let topology = self.stays.topologies.get(*id);
            let mut domains = domains.clone();
            domains.iter_mut().for_each(|domain| *domain |= first);
            for (_, node, _) in self.leaving.iter().filter(|(profile, ..)| matches.contains(profile)) {
                if let Some(domain) = topology.domain(*node) {
                    domains[domain] = true;
                }
            }
            for group in self.groups.iter().filter(|group| matches.contains(&group.candidate.profile)) {
                reached(&group.possible, topology).for_each(|(domain, _)| domains[domain] = true);
            }
            (*id, domains)
        });
        all.collect()
    }
}

/// Returns the domains that some of these nodes are in, with how many are.
pub(super) fn reached(nodes: &[NodeId], topology: &Topology) -> impl Iterator<Item = (usize, usize)> {
    let mut sizes = vec![0; topology.domains];
    nodes.iter().filter_map(|node| topology.domain(*node)).for_each(|domain| sizes[domain] += 1);
    sizes.into_iter().enumerate().filter(|(_, size)| *size > 0)
}

/// Returns how many pods of a group its possible nodes take, if nobody else comes: by sums, by ports, and by its own
/// anti-affinity, which leaves one for each domain, and its spread.
pub(super) fn most(stays: &Cluster, group: &Group) -> usize {
    let candidate = &group.candidate;
    let profile = stays.profiles.get(candidate.profile);
    let alone = !profile.ports.is_empty();
    let takes = |node: &NodeId| {
        let room = stays.nodes[*node].room_for(&profile.requests);
        if alone { room.min(1) } else { room }
    };
    let mut most = group.possible.iter().map(takes).fold(0, i64::saturating_add);
    if !candidate.claims.exclusive.is_empty() {
        most = most.min(1);
    }
    for (term, matches) in profile.anti_affinity.iter().zip(&candidate.matches.anti_affinity) {
        if matches.contains(&candidate.profile) {
            let topology = stays.topologies.get(term.topology);
            let domains = i64::try_from(reached(&group.possible, topology).count()).unwrap_or(i64::MAX);
            let outside = group.possible.iter().filter(|node| topology.domain(**node).is_none()).map(takes);
            most = most.min(outside.fold(domains, i64::saturating_add));
        }
    }
    for (constraint, caps) in candidate.spread.iter().zip(&group.spread_caps) {
        let topology = stays.topologies.get(constraint.topology);
        let mut rooms = vec![0_i64; topology.domains];
        for node in &group.possible {
            if let Some(domain) = topology.domain(*node) {
                rooms[domain] = rooms[domain].saturating_add(takes(node));
            }
        }
        let held = rooms.iter().zip(caps).map(|(room, cap)| *room.min(cap));
        most = most.min(held.fold(0, i64::saturating_add));
    }
    usize::try_from(most).unwrap_or(usize::MAX).min(group.count)
}
