//! A cluster that can be changed at will: what the scheduler knows of nodes and pods.

use std::collections::HashMap;
use std::sync::Arc;

use super::candidate::Candidate;
use super::facts::Facts;
use super::node_state::{NodeId, NodeState};
use super::pod_term::Namespaces;
use super::profile::{Profile, ProfileId, digest};
use super::profiles::{Count, Profiles};
use super::resource_names::ResourceNames;
use super::storage::{Storage, TakenVolumes};
use super::topology::Topologies;
use crate::model::WidePod;
use crate::quantity::ParseQuantityError;

/// Nodes and the pods on them. Clones are independent, and cheap enough to try something out.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub(super) nodes: Vec<NodeState>,
    numbers: Arc<HashMap<Arc<str>, NodeId>>,
    pub(super) storage: Arc<Storage>,
    pub(super) namespaces: Namespaces,
    pub(super) device_class_resources: Arc<[String]>,
    pub(super) resources: ResourceNames,
    pub(super) topologies: Topologies,
    pub(super) profiles: Profiles,
    /// Whether labels that tell the pods of a workload apart may decide.
    pub(super) distinguishes: bool,
    pods: HashMap<Arc<str>, HashMap<Box<str>, PlacedPod>>,
    pending: Vec<Arc<WidePod>>,
    /// How many placed pods mount each claim.
    claim_uses: HashMap<(Arc<str>, String), u32>,
    pub(super) taken: TakenVolumes,
}

/// Where a pod is.
#[derive(Clone, Copy, Debug)]
struct PlacedPod {
    profile: ProfileId,
    node: NodeId,
    terminating: bool,
}

impl Cluster {
    /// Makes a cluster without pods.
    pub fn new(facts: Facts) -> Self {
        let mut resources = ResourceNames::new();
        let nodes: Vec<_> = facts.nodes.iter().map(|node| NodeState::new(node, &mut resources)).collect();
        let numbers = nodes.iter().enumerate().map(|(number, node)| (node.name.clone(), number)).collect();
        let namespaces = facts.namespaces.map(|list| {
            list.into_iter().map(|one| (one.metadata.name, one.metadata.labels)).collect::<HashMap<_, _>>()
        });
        Self {
            topologies: Topologies::new(nodes.iter().map(|node| node.labels.clone()).collect()),
            storage: Arc::new(Storage::new(facts.storage, &facts.nodes)),
            nodes,
            numbers: Arc::new(numbers),
            namespaces: Arc::new(namespaces),
            device_class_resources: facts.device_class_resources.into(),
            resources,
            profiles: Profiles::default(),
            distinguishes: true,
            pods: HashMap::new(),
            pending: Vec::new(),
            claim_uses: HashMap::new(),
            taken: TakenVolumes::new(),
        }
    }

    /// Takes the pods of a workload for alike: no selector asks for what tells them apart
    /// ([`super::asks_for_distinguishing_labels`]). To be said before any pod is added.
    pub fn ignore_distinguishing_labels(&mut self) {
        self.distinguishes = false;
    }

    /// Adds a pod as the cluster has it: where it is bound, or to those that wait. One that has ended counts nowhere, and
    /// neither does one on a node that is not there.
    ///
    /// # Errors
    /// A quantity that cannot be read.
    pub fn add(&mut self, pod: &WidePod) -> Result<(), ParseQuantityError> {
        match pod.spec.node_name.as_str() {
            _ if pod.is_terminal() => Ok(()),
            "" => {
                self.pending.push(Arc::new(pod.clone()));
                Ok(())
            }
            node => self.place(pod, node),
        }
    }

    /// Puts a pod on a node, whether it fits or not.
    ///
    /// # Errors
    /// A quantity that cannot be read.
    pub fn place(&mut self, pod: &WidePod, node: &str) -> Result<(), ParseQuantityError> {
        let Some(node) = self.numbers.get(node).copied() else { return Ok(()) };
        let profile = self.profile(pod)?;
        let placed = PlacedPod { profile, node, terminating: pod.is_terminating() };
        let (namespace, name) = (pod.metadata.namespace.as_str(), pod.metadata.name.as_str());
        self.remove(namespace, name);
        let namespace = self.profiles.get(profile).namespace.clone();
        self.pods.entry(namespace).or_default().insert(name.into(), placed);
        self.occupy(profile, node, placed.terminating);
        Ok(())
    }

    /// Takes a pod away, as its deletion does in the end. Returns whether it was there.
    pub fn remove(&mut self, namespace: &str, name: &str) -> bool {
        let Some(placed) = self.pods.get_mut(namespace).and_then(|pods| pods.remove(name)) else {
            return false;
        };
        self.vacate(placed.profile, placed.node, placed.terminating);
        true
    }

    /// Returns the cluster without a pod, to try out what fits then. It knows no pod by name anymore.
    pub fn without(&self, namespace: &str, name: &str) -> Self {
        let mut rest = self.clone_for_trial();
        if let Some((profile, node, terminating)) = self.placed(namespace, name) {
            rest.vacate(profile, node, terminating);
        }
        rest
    }

    /// Marks a pod as being deleted: it still takes its room, but spreads no more.
    pub fn terminate(&mut self, namespace: &str, name: &str) {
        let pod = self.pods.get_mut(namespace).and_then(|pods| pods.get_mut(name));
        if let Some(pod) = pod.filter(|pod| !pod.terminating) {
            pod.terminating = true;
            let (profile, node) = (pod.profile, pod.node);
            self.profiles.add(profile, node, Count { live: -1, terminating: 1 });
        }
    }

    /// Cordons a node, taint included: its controller adds that in a moment.
    pub fn cordon(&mut self, node: &str) {
        self.set_cordoned(node, true);
    }

    /// Lifts the cordon of a node.
    pub fn uncordon(&mut self, node: &str) {
        self.set_cordoned(node, false);
    }

    fn set_cordoned(&mut self, node: &str, cordoned: bool) {
        if let Some(number) = self.numbers.get(node) {
            self.nodes[*number].cordoned = cordoned;
        }
    }

    /// Returns whether a node is cordoned; `None` for one that is not there.
    pub fn is_cordoned(&self, node: &str) -> Option<bool> {
        self.numbers.get(node).map(|number| self.nodes[*number].cordoned)
    }

    /// Returns the names of all nodes, in their order.
    pub fn node_names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.nodes.iter().map(|node| &node.name)
    }

    /// Returns the node that a pod is on.
    pub fn node_of(&self, namespace: &str, name: &str) -> Option<&Arc<str>> {
        let placed = self.pods.get(namespace)?.get(name)?;
        self.nodes.get(placed.node).map(|node| &node.name)
    }

    /// Returns the pods that wait for a node.
    pub fn pending(&self) -> &[Arc<WidePod>] {
        &self.pending
    }

    /// Returns the profile of a pod, a new one if need be.
    pub(super) fn profile(&mut self, pod: &WidePod) -> Result<ProfileId, ParseQuantityError> {
        let digest = digest(pod, self.distinguishes);
        if let Some(id) = self.profiles.find(digest) {
            return Ok(id);
        }
        let profile =
            Profile::new(pod, self.distinguishes, &mut self.resources, &mut self.topologies, &self.storage)?;
        Ok(self.profiles.push(digest, profile))
    }

    /// Returns profile, node and state of a placed pod.
    pub(super) fn placed(&self, namespace: &str, name: &str) -> Option<(ProfileId, NodeId, bool)> {
        let placed = self.pods.get(namespace)?.get(name)?;
        Some((placed.profile, placed.node, placed.terminating))
    }

    /// Returns a clone without names of pods, which trials do not need.
    pub(super) fn clone_for_trial(&self) -> Self {
        Self {
            nodes: self.nodes.clone(),
            numbers: self.numbers.clone(),
            storage: self.storage.clone(),
            namespaces: self.namespaces.clone(),
            device_class_resources: self.device_class_resources.clone(),
            resources: self.resources.clone(),
            topologies: self.topologies.clone(),
            profiles: self.profiles.clone(),
            distinguishes: self.distinguishes,
            pods: HashMap::new(),
            pending: Vec::new(),
            claim_uses: self.claim_uses.clone(),
            taken: self.taken.clone(),
        }
    }

    pub(super) fn occupy(&mut self, id: ProfileId, node: NodeId, terminating: bool) {
        let profile = self.profiles.get(id).clone();
        self.nodes[node].add(&profile);
        self.profiles.add(id, node, one(terminating));
        for claim in &profile.claims {
            *self.claim_uses.entry((profile.namespace.clone(), claim.clone())).or_default() += 1;
        }
    }

    pub(super) fn vacate(&mut self, id: ProfileId, node: NodeId, terminating: bool) {
        let profile = self.profiles.get(id).clone();
        self.nodes[node].subtract(&profile);
        let Count { live, terminating } = one(terminating);
        self.profiles.add(id, node, Count { live: -live, terminating: -terminating });
        for claim in &profile.claims {
            let key = (profile.namespace.clone(), claim.clone());
            if let Some(uses) = self.claim_uses.get_mut(&key) {
                *uses -= 1;
                if *uses == 0 {
                    self.claim_uses.remove(&key);
                }
            }
        }
    }

    /// Learns the profiles of a clone that has seen more pods.
    pub(super) fn learn(&mut self, other: &Self) {
        self.resources = other.resources.clone();
        self.topologies = other.topologies.clone();
        self.profiles.learn(&other.profiles);
    }

    /// Binds a pod's unbound claims to what the scheduler finds for them on a node.
    pub(super) fn take_volumes(&mut self, candidate: &Candidate, node: NodeId) {
        let state = &self.nodes[node];
        let bound = self.storage.bind(&candidate.claims, &state.name, &state.labels, &self.taken);
        self.taken.extend(bound.unwrap_or_default());
    }

    /// Returns whether a placed pod has a claim of the candidate's that only one pod may have at a time.
    pub(super) fn shares_exclusive_claim(&self, candidate: &Candidate) -> bool {
        let namespace = &self.profiles.get(candidate.profile).namespace;
        let mut claims = candidate.claims.exclusive.iter();
        claims.any(|claim| self.claim_uses.contains_key(&(namespace.clone(), claim.clone())))
    }
}

fn one(terminating: bool) -> Count {
    Count { live: i64::from(!terminating), terminating: i64::from(terminating) }
}
