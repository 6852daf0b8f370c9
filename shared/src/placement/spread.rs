//! Topology spread (`plugins/podtopologyspread`): only `DoNotSchedule` keeps a pod from a node, and so the cluster-wide
//! default constraints, which are `ScheduleAnyway`, never do.

use super::candidate::{AFFINITY, Candidate, TAINTS};
use super::cluster::Cluster;
use super::label_selector::{LabelSelector, Labels};
use super::node_state::NodeId;
use super::refusal::{Reason, Refusal};
use super::topology::{Topologies, TopologyId};
use crate::model::WidePod;

/// One constraint, ready to be counted.
#[derive(Clone, Debug)]
pub(super) struct SpreadConstraint {
    pub(super) topology: TopologyId,
    selector: LabelSelector,
    pub(super) max_skew: i64,
    pub(super) min_domains: usize,
    honors_affinity: bool,
    honors_taints: bool,
    pub(super) counts_itself: bool,
}

impl SpreadConstraint {
    /// Reads the constraints of a pod (`filterTopologySpreadConstraints`).
    pub(super) fn all(pod: &WidePod, topologies: &mut Topologies) -> Vec<Self> {
        let labels = &pod.metadata.labels;
        let strict = pod.spec.topology_spread_constraints.iter();
        let strict = strict.filter(|constraint| constraint.when_unsatisfiable == "DoNotSchedule");
        let read = strict.map(|constraint| {
            let mut selector = LabelSelector::new(constraint.label_selector.as_ref());
            for key in &constraint.match_label_keys {
                if let Some(value) = labels.get(key) {
                    selector.require(key, value);
                }
            }
            let is = |policy: &Option<String>, wanted: &str| policy.as_deref().unwrap_or(wanted) == wanted;
            Self {
                topology: topologies.register(&constraint.topology_key),
                counts_itself: selector.matches(labels),
                selector,
                max_skew: i64::from(constraint.max_skew),
                min_domains: usize::try_from(constraint.min_domains.unwrap_or(1)).unwrap_or(1),
                honors_affinity: is(&constraint.node_affinity_policy, "Honor"),
                honors_taints: !is(&constraint.node_taints_policy, "Ignore"),
            }
        });
        read.collect()
    }

    /// Returns whether pods with these labels are counted; an empty selector counts nothing
    /// (`countPodsMatchSelector`).
    pub(super) fn counts(&self, labels: &Labels) -> bool {
        !self.selector.is_empty() && self.selector.matches(labels)
    }
}

/// How many pods every domain of one constraint has.
#[derive(Clone, Debug)]
pub(super) struct DomainCounts {
    pub(super) counts: Vec<i64>,
    /// Whether a node of the domain is counted at all.
    pub(super) present: Vec<bool>,
    /// What the emptiest domain counts as.
    pub(super) least: i64,
}

impl DomainCounts {
    fn new(counts: Vec<i64>, present: Vec<bool>, min_domains: usize) -> Self {
        let least = least_of(&counts, &present, min_domains);
        Self { counts, present, least }
    }

    /// Returns how many domains are counted.
    pub(super) fn present_count(&self) -> usize {
        self.present.iter().filter(|present| **present).count()
    }
}

/// Returns what the emptiest domain counts as (`minMatchNum`).
pub(super) fn least_of(counts: &[i64], present: &[bool], min_domains: usize) -> i64 {
    let counted = counts.iter().zip(present).filter(|(_, present)| **present).map(|(count, _)| *count);
    match counted.clone().count() < min_domains {
        true => 0,
        false => counted.min().unwrap_or(i64::from(i32::MAX)),
    }
}

impl Cluster {
    /// Counts the domains of every constraint (`calPreFilterState`). A drained node counts, unless its taint is honored:
    /// so an empty zone keeps the others from filling up.
    pub(super) fn count_domains(&self, candidate: &Candidate) -> Vec<DomainCounts> {
        let constraints = &candidate.spread;
        let has_all_keys = |node: NodeId| {
            constraints
                .iter()
                .all(|constraint| self.topologies.get(constraint.topology).domain(node).is_some())
        };
        let counted: Vec<bool> = match constraints.is_empty() {
            true => Vec::new(),
            false => (0..self.nodes.len()).map(has_all_keys).collect(),
        };
        let count = |(constraint, matches): (&SpreadConstraint, &Vec<usize>)| {
            let topology = self.topologies.get(constraint.topology);
            let is_counted = |node: NodeId| {
                counted[node]
                    && (!constraint.honors_affinity || candidate.has(node, AFFINITY))
                    && (!constraint.honors_taints || self.tolerates_node(candidate, node))
            };
            let mut present = vec![false; topology.domains];
            for node in (0..self.nodes.len()).filter(|node| is_counted(*node)) {
                if let Some(domain) = topology.domain(node) {
                    present[domain] = true;
                }
            }
            let mut counts = vec![0; topology.domains];
            for profile in matches {
                for (node, count) in self.profiles.placements(*profile) {
                    if let Some(domain) = topology.domain(*node).filter(|_| is_counted(*node)) {
                        counts[domain] += count.live;
                    }
                }
            }
            DomainCounts::new(counts, present, constraint.min_domains)
        };
        constraints.iter().zip(&candidate.matches.spread).map(count).collect()
    }

    /// Returns whether a pod tolerates a node's taints, that of a cordon included.
    fn tolerates_node(&self, candidate: &Candidate, node: NodeId) -> bool {
        candidate.has(node, TAINTS) && (!self.nodes[node].cordoned || candidate.tolerates_cordon)
    }

    /// Checks the constraints on a node, in their order.
    pub(super) fn check_spread(
        &self,
        candidate: &Candidate,
        domains: &[DomainCounts],
        node: NodeId,
    ) -> Result<(), Refusal> {
        self.check_spread_except(candidate, domains, node, None)
    }

    /// Checks all constraints but one, by number.
    pub(super) fn check_spread_except(
        &self,
        candidate: &Candidate,
        domains: &[DomainCounts],
        node: NodeId,
        except: Option<usize>,
    ) -> Result<(), Refusal> {
        let constraints = candidate.spread.iter().zip(domains).enumerate();
        for (_, (constraint, domains)) in constraints.filter(|(number, _)| Some(*number) != except) {
            let Some(domain) = self.topologies.get(constraint.topology).domain(node) else {
                return Err(Refusal::final_for(Reason::SpreadLabel));
            };
            let skew = domains.counts[domain] + i64::from(constraint.counts_itself) - domains.least;
            if skew > constraint.max_skew {
                return Err(Refusal::resolvable(Reason::Spread));
            }
        }
        Ok(())
    }
}
