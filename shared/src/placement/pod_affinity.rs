//! Affinity and anti-affinity between pods (`plugins/interpodaffinity/filtering.go`).

use super::candidate::Candidate;
use super::cluster::Cluster;
use super::node_state::NodeId;
use super::refusal::{Reason, Refusal};
use super::topology::TopologyId;

/// Which domains the pods that are there allow and forbid.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    /// For every term of affinity the domains with a pod that all terms mean.
    pub(super) attracting: Vec<(TopologyId, Vec<bool>)>,
    /// Whether any node of any such domain has one.
    pub(super) any_attracting: bool,
    /// The domains with a pod that a term of its own anti-affinity means.
    avoided: Vec<(TopologyId, Vec<bool>)>,
    /// The domains with a pod whose anti-affinity means it.
    forbidden: Vec<(TopologyId, Vec<bool>)>,
}

impl Cluster {
    /// Relates a pod to those that are there. Terminating ones still count.
    pub(super) fn relate(&self, candidate: &Candidate) -> Relations {
        let matches = &candidate.matches;
        let mut relations = Relations::default();
        for term in &candidate.affinity {
            let domains = self.domains_of(term.topology, matches.affinity.iter().copied());
            relations.any_attracting |= domains.contains(&true);
            relations.attracting.push((term.topology, domains));
        }
        let own = self.profiles.get(candidate.profile).anti_affinity.iter().zip(&matches.anti_affinity);
        for (term, profiles) in own.filter(|(_, profiles)| !profiles.is_empty()) {
            relations.avoided.push((term.topology, self.domains_of(term.topology, profiles.iter().copied())));
        }
        for (profile, topology) in &matches.existing_anti_affinity {
            let domains = self.domains_of(*topology, std::iter::once(*profile));
            match relations.forbidden.iter_mut().find(|(known, _)| known == topology) {
                Some((_, all)) => all.iter_mut().zip(domains).for_each(|(all, one)| *all |= one),
                None => relations.forbidden.push((*topology, domains)),
            }
        }
        relations
    }

    /// Returns which domains have a pod of one of these profiles.
    fn domains_of(&self, topology: TopologyId, profiles: impl Iterator<Item = usize>) -> Vec<bool> {
        let topology = self.topologies.get(topology);
        let mut domains = vec![false; topology.domains];
        for profile in profiles {
            for node in self.profiles.placements(profile).keys() {
                if let Some(domain) = topology.domain(*node) {
                    domains[domain] = true;
                }
            }
        }
        domains
    }

    /// Checks the relations on a node.
    pub(super) fn check_relations(
        &self,
        candidate: &Candidate,
        relations: &Relations,
        node: NodeId,
    ) -> Result<(), Refusal> {
        let domain = |topology: TopologyId| self.topologies.get(topology).domain(node);
        let is_in = |(topology, domains): &(TopologyId, Vec<bool>)| {
            domain(*topology).is_some_and(|domain| domains[domain])
        };
        // The first of a group that wants to be together may go anywhere, or none ever could.
        let has_keys = || candidate.affinity.iter().all(|term| domain(term.topology).is_some());
        let is_first = || !relations.any_attracting && candidate.attracts_itself;
        let is_attracted = relations.attracting.iter().all(is_in) || (has_keys() && is_first());
        if !is_attracted {
            return Err(Refusal::final_for(Reason::Affinity));
        }
        self.check_repelled(relations, node)
    }

    /// Checks anti-affinity on a node, its own and that of others.
    pub(super) fn check_repelled(&self, relations: &Relations, node: NodeId) -> Result<(), Refusal> {
        let is_in = |(topology, domains): &(TopologyId, Vec<bool>)| {
            self.topologies.get(*topology).domain(node).is_some_and(|domain| domains[domain])
        };
        if relations.avoided.iter().any(is_in) {
            return Err(Refusal::resolvable(Reason::AntiAffinity));
        }
        if relations.forbidden.iter().any(is_in) {
            return Err(Refusal::resolvable(Reason::ExistingAntiAffinity));
        }
        Ok(())
    }
}
