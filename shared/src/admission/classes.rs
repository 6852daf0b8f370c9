//! What of a cluster decides about admission.

use std::collections::BTreeMap;

use super::{limit_range::LimitRangeFacts, quota_facts::QuotaFacts};
use crate::resources::ResourceList;

/// What of one namespace decides.
#[derive(Clone, Debug, Default)]
pub struct NamespaceFacts {
    /// Its quotas.
    pub quotas: Vec<QuotaFacts>,
    /// Its LimitRanges.
    pub limit_ranges: Vec<LimitRangeFacts>,
    /// Quotas that are to come: they count along and refuse nothing yet.
    pub pending: Vec<QuotaFacts>,
}

/// Classes of the whole cluster. `None` is "could not be read": names are then taken on trust.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// Priority classes, and whether they are the default for all pods.
    pub priority: Option<BTreeMap<String, bool>>,
    /// Runtime classes.
    pub runtime: Option<BTreeMap<String, RuntimeClassFacts>>,
    /// Storage classes.
    pub storage: Option<BTreeMap<String, StorageClassFacts>>,
}

/// What of a RuntimeClass decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeClassFacts {
    /// What a pod of this class takes beyond its containers; `None` where the class says nothing.
    pub overhead: Option<ResourceList>,
}

/// What of a StorageClass decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StorageClassFacts {
    /// Whether claims without a class get this one.
    pub is_default: bool,
    /// When it was made, in seconds; the newest default wins.
    pub created: i64,
    /// Whether claims of this class may grow.
    pub expands: bool,
}

impl Classes {
    /// Priority classes that Kubernetes itself makes.
    pub const SYSTEM_PRIORITY: [&'static str; 2] = ["system-cluster-critical", "system-node-critical"];

    /// The class of pods that name none.
    pub fn default_priority(&self) -> Option<&str> {
        let classes = self.priority.as_ref()?;
        classes.iter().find(|(_, is_default)| **is_default).map(|(name, _)| name.as_str())
    }

    /// The class of claims that name none: the newest default, then the first by name (`GetDefaultClass`).
    pub fn default_storage(&self) -> Option<&str> {
        let defaults = self.storage.as_ref()?.iter().filter(|(_, class)| class.is_default);
        defaults.min_by_key(|(name, class)| (-class.created, name.to_owned())).map(|(name, _)| name.as_str())
    }
}
