//! The filters in the order of the scheduler's default profile (`pkg/scheduler/apis/config/v1/default_plugins.go`): the
//! first that refuses a node gives the reason.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::candidate::{AFFINITY, Candidate, LOOKED_AT, TAINTS};
use super::cluster::Cluster;
use super::fit::{Fit, NodeFit};
use super::host_ports;
use super::node_state::NodeId;
use super::pod_affinity::Relations;
use super::refusal::{Reason, Refusal};
use super::spread::DomainCounts;

/// What is counted over all nodes once, before one is looked at.
#[derive(Clone, Debug)]
pub(super) struct PreFilter {
    pub(super) domains: Vec<DomainCounts>,
    pub(super) relations: Relations,
    shares_exclusive_claim: bool,
}

impl Cluster {
    /// Says where a pod fits now.
    pub fn fit(&self, candidate: &Candidate) -> Fit {
        let candidate = self.current(candidate);
        let mut fit = Fit {
            total: self.nodes.len(),
            rejection: candidate.rejection.clone(),
            not_modeled: candidate.not_modeled.clone(),
            ..Fit::default()
        };
        if fit.rejection.is_some() {
            return fit;
        }
        let mut reasons = Vec::<(Reason, usize)>::new();
        for (node, verdict) in self.check_all(&candidate) {
            match verdict {
                Ok(()) => fit.nodes.push(self.nodes[node].name.clone()),
                Err(refusal) => refusal.reasons.into_iter().for_each(|reason| count(&mut reasons, reason)),
            }
        }
        fit.reasons = texts(reasons.into_iter().map(|(reason, count)| (reason.text(&self.resources), count)));
        fit
    }

    /// Says for every node whether a pod fits there, and why not.
    pub fn fit_by_node(&self, candidate: &Candidate) -> Vec<NodeFit> {
        let candidate = self.current(candidate);
        let rejection = candidate.rejection.clone();
        let text =
            |refusal: Refusal| refusal.reasons.iter().map(|reason| reason.text(&self.resources)).collect();
        let nodes = self.check_all(&candidate).map(|(node, verdict)| NodeFit {
            node: self.nodes[node].name.clone(),
            reasons: rejection
                .clone()
                .map_or_else(|| verdict.err().map_or_else(Vec::new, text), |one| vec![one]),
        });
        nodes.collect()
    }

    /// Returns the candidate related to all profiles of now.
    pub(super) fn current<'a>(&self, candidate: &'a Candidate) -> Cow<'a, Candidate> {
        if self.is_stale(candidate) {
            Cow::Owned(Candidate { matches: self.matches(candidate), ..candidate.clone() })
        } else {
            Cow::Borrowed(candidate)
        }
    }

    fn check_all<'a>(
        &'a self,
        candidate: &'a Candidate,
    ) -> impl Iterator<Item = (NodeId, Result<(), Refusal>)> + 'a {
        let counted = self.pre_filter(candidate);
        (0..self.nodes.len()).map(move |node| (node, self.check(candidate, &counted, node)))
    }

    pub(super) fn pre_filter(&self, candidate: &Candidate) -> PreFilter {
        PreFilter {
            domains: self.count_domains(candidate),
            relations: self.relate(candidate),
            shares_exclusive_claim: self.shares_exclusive_claim(candidate),
        }
    }

    /// Runs the filters on one node.
    pub(super) fn check(
        &self,
        candidate: &Candidate,
        counted: &PreFilter,
        node: NodeId,
    ) -> Result<(), Refusal> {
        self.check_own(candidate, counted, node)?;
        self.check_spread(candidate, &counted.domains, node)?;
        self.check_relations(candidate, &counted.relations, node)
    }

    /// Runs the filters that ask for the node and what stands on it, not for pods elsewhere: all but the last two.
    pub(super) fn check_own(
        &self,
        candidate: &Candidate,
        counted: &PreFilter,
        node: NodeId,
    ) -> Result<(), Refusal> {
        let state = &self.nodes[node];
        let profile = self.profiles.get(candidate.profile);
        let refuse = |reason: Reason| Err(Refusal::final_for(reason));
        if !candidate.has(node, LOOKED_AT) {
            return refuse(Reason::NotNamed);
        }
        if state.cordoned && !candidate.tolerates_cordon {
            return refuse(Reason::Unschedulable);
        }
        if !candidate.has(node, TAINTS) {
            return refuse(Reason::Taint);
        }
        if !candidate.has(node, AFFINITY) {
            return refuse(Reason::NodeAffinity);
        }
        if host_ports::conflict(&profile.ports, &state.ports) {
            return Err(Refusal::resolvable(Reason::Ports));
        }
        state.check_requests(&profile.requests)?;
        if counted.shares_exclusive_claim {
            return Err(Refusal::resolvable(Reason::ReadWriteOncePod));
        }
        self.storage.check_limits(&profile.attachable, node, state)?;
        if !candidate.claims.is_empty() {
            self.storage.bind(&candidate.claims, &state.name, &state.labels, &self.taken)?;
            self.storage.check_zones(&candidate.claims, &state.labels)?;
        }
        Ok(())
    }
}

fn count(reasons: &mut Vec<(Reason, usize)>, reason: Reason) {
    match reasons.iter_mut().find(|(known, _)| *known == reason) {
        Some((_, count)) => *count += 1,
        None => reasons.push((reason, 1)),
    }
}

fn texts(reasons: impl Iterator<Item = (String, usize)>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (text, count) in reasons {
        *counts.entry(text).or_default() += count;
    }
    counts
}
