//! The profiles of a cluster's pods, and on which nodes each stands.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::node_state::NodeId;
use super::profile::{Profile, ProfileId};

/// How many pods of a profile stand on a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Those that are not being deleted.
    pub(super) live: i64,
    pub(super) terminating: i64,
}

/// All profiles.
#[derive(Clone, Debug, Default)]
pub(super) struct Profiles {
    list: Vec<Arc<Profile>>,
    placements: Vec<BTreeMap<NodeId, Count>>,
    by_digest: HashMap<u128, ProfileId>,
    by_namespace: HashMap<Arc<str>, Vec<ProfileId>>,
}

impl Profiles {
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, id: ProfileId) -> &Arc<Profile> {
        &self.list[id]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (ProfileId, &Profile)> {
        self.list.iter().enumerate().map(|(id, profile)| (id, &**profile))
    }

    /// Returns the profiles of a namespace.
    pub(super) fn of_namespace(&self, namespace: &str) -> &[ProfileId] {
        self.by_namespace.get(namespace).map_or(&[], Vec::as_slice)
    }

    pub(super) fn find(&self, digest: u128) -> Option<ProfileId> {
        self.by_digest.get(&digest).copied()
    }

    pub(super) fn push(&mut self, digest: u128, profile: Profile) -> ProfileId {
        let id = self.list.len();
        self.by_digest.insert(digest, id);
        self.by_namespace.entry(profile.namespace.clone()).or_default().push(id);
        self.list.push(Arc::new(profile));
        self.placements.push(BTreeMap::new());
        id
    }

    /// Takes over the profiles of a clone that has more; numbers stay.
    pub(super) fn learn(&mut self, other: &Self) {
        self.list.extend(other.list.iter().skip(self.list.len()).cloned());
        self.placements.resize(self.list.len(), BTreeMap::new());
        self.by_digest.clone_from(&other.by_digest);
        self.by_namespace.clone_from(&other.by_namespace);
    }

    /// Returns the nodes with pods of a profile.
    pub(super) fn placements(&self, id: ProfileId) -> &BTreeMap<NodeId, Count> {
        &self.placements[id]
    }

    /// Adds pods of a profile to a node, or takes them off.
    pub(super) fn add(&mut self, id: ProfileId, node: NodeId, change: Count) {
        let count = self.placements[id].entry(node).or_default();
        count.live += change.live;
        count.terminating += change.terminating;
        if *count == Count::default() {
            self.placements[id].remove(&node);
        }
    }
}
