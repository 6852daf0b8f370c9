//! A pod that is to be scheduled, made ready to be tried on many nodes.

use std::collections::BTreeSet;

use super::NotModeled;
use super::cluster::Cluster;
use super::label_selector::Labels;
use super::node_affinity::{self, NamedNodes};
use super::node_state::NodeId;
use super::pod_term::PodTerm;
use super::profile::{ProfileId, kind};
use super::spread::SpreadConstraint;
use super::storage::{PodClaims, exclusive_volume};
use super::toleration::{tolerates_all, tolerates_cordon};
use super::topology::TopologyId;
use crate::model::WidePod;
use crate::model::wide_pod::WidePodStatus;

/// What never changes about a pod and a node: the node's taints are tolerated, save that of a cordon.
pub(super) const TAINTS: u8 = 2;
/// Its labels match node selector and node affinity.
pub(super) const AFFINITY: u8 = 4;
/// It is among the nodes that required names leave.
pub(super) const LOOKED_AT: u8 = 8;

/// A pod that is to be scheduled. It belongs to the [`Cluster`] that made it and to clones of that.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub(super) profile: ProfileId,
    /// A digest: pods of one kind are alike to the scheduler.
    pub(super) kind: u128,
    pub(super) priority: i32,
    /// Whether it may push pods of lower priority away.
    pub(super) preempts: bool,
    pub(super) flags: Vec<u8>,
    pub(super) tolerates_cordon: bool,
    pub(super) claims: PodClaims,
    pub(super) rejection: Option<String>,
    pub(super) spread: Vec<SpreadConstraint>,
    pub(super) affinity: Vec<PodTerm>,
    /// Whether all terms of its affinity mean itself.
    pub(super) attracts_itself: bool,
    pub(super) not_modeled: Vec<NotModeled>,
    pub(super) matches: Matches,
}

/// The profiles that its terms and constraints mean, and those whose terms mean it.
#[derive(Clone, Debug, Default)]
pub(super) struct Matches {
    /// How many profiles there were.
    known: usize,
    /// For every constraint.
    pub(super) spread: Vec<Vec<ProfileId>>,
    /// Those that every term of affinity means.
    pub(super) affinity: Vec<ProfileId>,
    /// For every term.
    pub(super) anti_affinity: Vec<Vec<ProfileId>>,
    pub(super) existing_anti_affinity: Vec<(ProfileId, TopologyId)>,
}

impl Candidate {
    pub(super) fn has(&self, node: NodeId, flag: u8) -> bool {
        self.flags[node] & flag != 0
    }

    /// Returns whether pods elsewhere matter to it, beyond the sums of nodes.
    pub(super) fn depends_on_pods(&self) -> bool {
        !self.spread.is_empty()
            || !self.affinity.is_empty()
            || !self.matches.existing_anti_affinity.is_empty()
            || !self.claims.exclusive.is_empty()
            || self.matches.anti_affinity.iter().any(|profiles| !profiles.is_empty())
    }

    /// Returns what decides about it and is not simulated.
    pub fn not_modeled(&self) -> &[NotModeled] {
        &self.not_modeled
    }
}

impl Cluster {
    /// Makes a pod ready to be tried. Its node and status are passed over: it is looked at as if it were new.
    ///
    /// # Errors
    /// A quantity that cannot be read; such a pod is not modeled.
    pub fn candidate(&mut self, pod: &WidePod) -> Result<Candidate, NotModeled> {
        let fresh;
        let pod = if pod.status == WidePodStatus::default() {
            pod
        } else {
            fresh = WidePod { status: WidePodStatus::default(), ..pod.clone() };
            &fresh
        };
        let profile = self.profile(pod).map_err(|error| NotModeled::Quantity(error.to_string()))?;
        let relation = pod.spec.affinity.as_ref().and_then(|affinity| affinity.pod_affinity.as_ref());
        let namespace = &pod.metadata.namespace;
        let affinity = PodTerm::all(relation, namespace, &mut self.topologies);
        let spread = SpreadConstraint::all(pod, &mut self.topologies);
        let claims = self.storage.claims_of(pod);
        let (flags, conflict) = self.node_flags(pod);
        let of_namespace = self.namespace_labels(namespace);
        let attracts_itself =
            affinity.iter().all(|term| term.matches(&pod.metadata.labels, namespace, &of_namespace));
        let mut candidate = Candidate {
            profile,
            kind: kind(pod, self.distinguishes),
            priority: pod.spec.priority.unwrap_or(0),
            preempts: pod.spec.preemption_policy.as_deref() != Some("Never"),
            flags,
            tolerates_cordon: tolerates_cordon(&pod.spec.tolerations),
            rejection: conflict.or_else(|| claims.rejection.clone()),
            not_modeled: Vec::new(),
            claims,
            spread,
            affinity,
            attracts_itself,
            matches: Matches::default(),
        };
        candidate.not_modeled = self.not_modeled(pod, &candidate);
        candidate.matches = self.matches(&candidate);
        Ok(candidate)
    }

    fn node_flags(&self, pod: &WidePod) -> (Vec<u8>, Option<String>) {
        let spec = &pod.spec;
        let named = node_affinity::named_nodes(spec);
        let looked_at = |name: &str| match &named {
            NamedNodes::All => true,
            NamedNodes::Only(names) => names.contains(name),
            NamedNodes::Conflict => false,
        };
        let flags = self.nodes.iter().map(|node| {
            let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
            flag(tolerates_all(&node.taints, &spec.tolerations), TAINTS)
                | flag(node_affinity::matches_required(spec, &node.name, &node.labels), AFFINITY)
                | flag(looked_at(&node.name), LOOKED_AT)
        });
        let conflict = (named == NamedNodes::Conflict).then(|| "pod affinity terms conflict".to_owned());
        (flags.collect(), conflict)
    }

    /// Returns what decides about a pod and is not simulated.
    fn not_modeled(&self, pod: &WidePod, candidate: &Candidate) -> Vec<NotModeled> {
        let spec = &pod.spec;
        let mut all: BTreeSet<_> = candidate.claims.not_modeled.iter().cloned().collect();
        if !matches!(spec.scheduler_name.as_str(), "" | "default-scheduler") {
            all.insert(NotModeled::OtherScheduler(spec.scheduler_name.clone()));
        }
        if !spec.scheduling_gates.is_empty() {
            let gates = spec.scheduling_gates.iter().map(|gate| gate.name.clone());
            all.insert(NotModeled::SchedulingGates(gates.collect()));
        }
        if !spec.resource_claims.is_empty() {
            all.insert(NotModeled::ResourceClaims);
        }
        if spec.scheduling_group.is_some() {
            all.insert(NotModeled::SchedulingGroup);
        }
        if let Some(kind) = exclusive_volume(spec) {
            all.insert(NotModeled::InTreeVolume(kind.to_owned()));
        }
        // Features that `k8s.io/component-helpers/nodedeclaredfeatures` asks nodes for before they run a pod.
        let mut containers = spec.containers.iter().chain(&spec.init_containers);
        let restarts = |action: &str| action == "RestartAllContainers";
        if spec.host_network && spec.host_users == Some(false)
            || containers.any(|one| one.restart_policy_rules.iter().any(|rule| restarts(&rule.action)))
        {
            all.insert(NotModeled::NodeFeatures);
        }
        for (resource, amount) in self.profiles.get(candidate.profile).requests.iter().enumerate() {
            let name = self.resources.name(resource);
            if *amount > 0 && self.device_class_resources.iter().any(|served| served == name) {
                all.insert(NotModeled::DeviceClass(name.to_owned()));
            }
        }
        let mut terms = candidate.affinity.iter().chain(&self.profiles.get(candidate.profile).anti_affinity);
        if self.namespaces.is_none() && terms.any(PodTerm::asks_for_namespaces) {
            all.insert(NotModeled::Unread("namespaces"));
        }
        all.into_iter().collect()
    }

    /// Returns whether new profiles came since a candidate was made ready.
    pub(super) fn is_stale(&self, candidate: &Candidate) -> bool {
        candidate.matches.known != self.profiles.len()
    }

    /// Relates a candidate to every profile.
    pub(super) fn matches(&self, candidate: &Candidate) -> Matches {
        let own = self.profiles.get(candidate.profile);
        let mut matches = Matches {
            known: self.profiles.len(),
            spread: vec![Vec::new(); candidate.spread.len()],
            anti_affinity: vec![Vec::new(); own.anti_affinity.len()],
            ..Matches::default()
        };
        for id in self.profiles.of_namespace(&own.namespace) {
            let labels = &self.profiles.get(*id).labels;
            for (constraint, profiles) in candidate.spread.iter().zip(&mut matches.spread) {
                if constraint.counts(labels) {
                    profiles.push(*id);
                }
            }
        }
        let own_namespace = self.namespace_labels(&own.namespace);
        let relates = !candidate.affinity.is_empty() || !own.anti_affinity.is_empty();
        for (id, profile) in self.profiles.iter() {
            if relates {
                let of_namespace = self.namespace_labels(&profile.namespace);
                let means = |term: &PodTerm| term.matches(&profile.labels, &profile.namespace, &of_namespace);
                if !candidate.affinity.is_empty() && candidate.affinity.iter().all(means) {
                    matches.affinity.push(id);
                }
                for (term, profiles) in own.anti_affinity.iter().zip(&mut matches.anti_affinity) {
                    if means(term) {
                        profiles.push(id);
                    }
                }
            }
            for term in &profile.anti_affinity {
                let key = (id, term.topology);
                if term.matches(&own.labels, &own.namespace, &own_namespace)
                    && !matches.existing_anti_affinity.contains(&key)
                {
                    matches.existing_anti_affinity.push(key);
                }
            }
        }
        matches
    }

    pub(super) fn namespace_labels(&self, namespace: &str) -> std::borrow::Cow<'_, Labels> {
        let labels = self.namespaces.as_ref().as_ref().and_then(|all| all.get(namespace));
        labels.map_or_else(Default::default, std::borrow::Cow::Borrowed)
    }
}
