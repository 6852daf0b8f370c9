//! Whether pods of lower priority would make room (`plugins/defaultpreemption/default_preemption.go`).

use std::sync::Arc;

use super::candidate::Candidate;
use super::cluster::Cluster;
use super::node_state::NodeId;
use super::profiles::Count;
use super::refusal::Refusal;

/// A node that a pod would pass if others left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preemption {
    /// The node.
    pub node: Arc<str>,
    /// How many pods of lower priority are there; the scheduler spares those it can.
    pub lower: usize,
}

impl Cluster {
    /// Returns the first node that a pod would pass if all pods of lower priority left it (`SelectVictimsOnNode`). The
    /// scheduler would then evict some of them, which this room does not follow.
    ///
    /// Meant for pods that no node passes. Taints, labels and volumes are nothing that victims could change, and affinity
    /// to victims does not help either: nodes refused for those are passed over.
    pub fn preemption(&self, candidate: &Candidate) -> Option<Preemption> {
        self.preempt(candidate, |refusal| refusal.is_some_and(|refusal| refusal.resolvable))
    }

    /// Returns such a node even if the pod passes it as it is: it may be refused later.
    pub(super) fn preemption_anywhere(&self, candidate: &Candidate) -> Option<Preemption> {
        self.preempt(candidate, |refusal| refusal.is_none_or(|refusal| refusal.resolvable))
    }

    fn preempt(&self, candidate: &Candidate, tries: impl Fn(Option<Refusal>) -> bool) -> Option<Preemption> {
        let candidate = self.current(candidate);
        let lower = |priority: i32| priority < candidate.priority;
        if candidate.rejection.is_some()
            || !candidate.preempts
            || !self.profiles.iter().any(|(_, profile)| lower(profile.priority))
        {
            return None;
        }
        let mut victims = vec![Vec::new(); self.nodes.len()];
        for (id, _) in self.profiles.iter().filter(|(_, profile)| lower(profile.priority)) {
            for (node, count) in self.profiles.placements(id) {
                victims[*node].push((id, *count));
            }
        }
        let counted = self.pre_filter(&candidate);
        let nodes = victims.iter().enumerate().filter(|(_, victims)| !victims.is_empty());
        let mut resolvable = nodes.filter(|(node, _)| tries(self.check(&candidate, &counted, *node).err()));
        let (node, victims) =
            resolvable.find(|(node, victims)| self.fits_without(&candidate, *node, victims))?;
        let lower = victims.iter().map(|(_, count)| count.live + count.terminating).sum::<i64>();
        Some(Preemption { node: self.nodes[node].name.clone(), lower: usize::try_from(lower).unwrap_or(0) })
    }

    fn fits_without(&self, candidate: &Candidate, node: NodeId, victims: &[(usize, Count)]) -> bool {
        let mut rest = self.clone_for_trial();
        for (profile, count) in victims {
            for (terminating, pods) in [(false, count.live), (true, count.terminating)] {
                for _ in 0..pods {
                    rest.vacate(*profile, node, terminating);
                }
            }
        }
        let counted = rest.pre_filter(candidate);
        rest.check(candidate, &counted, node).is_ok()
    }
}
