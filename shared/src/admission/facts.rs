//! The facts of a cluster and of its namespaces that admission depends on.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    limit_range::LimitRangeFacts, pod_security::PodSecurity, quota_facts::QuotaFacts, version::Version,
};
use crate::resources::ResourceList;

/// The rules of one namespace.
#[derive(Clone, Debug, Default)]
pub struct NamespaceFacts {
    /// Its quotas.
    pub quotas: Vec<QuotaFacts>,
    /// Its LimitRanges.
    pub limit_ranges: Vec<LimitRangeFacts>,
    /// The LimitRanges by which what exists was created, where they are others: `None` where they are the same.
    pub former_limit_ranges: Option<Vec<LimitRangeFacts>>,
    /// Quotas among the manifests that are not enforced yet: they count and refuse nothing.
    pub pending: Vec<QuotaFacts>,
    /// The level of Pod Security that it enforces.
    pub pod_security: Option<PodSecurity>,
    /// The ServiceAccounts that pods name and that do not exist in it.
    pub missing_service_accounts: BTreeSet<String>,
}

impl NamespaceFacts {
    /// Returns the LimitRanges to be changed: what exists keeps the defaults of those before.
    pub fn limit_ranges_mut(&mut self) -> &mut Vec<LimitRangeFacts> {
        self.former_limit_ranges.get_or_insert_with(|| self.limit_ranges.clone());
        &mut self.limit_ranges
    }
}

/// The version and the classes of a cluster. `None` means that classes could not be read: any name is then
/// taken to exist.
#[derive(Clone, Debug, Default)]
pub struct ClusterFacts {
    /// The version of the server, which chooses the rules.
    pub version: Version,
    /// Priority classes.
    pub priority_classes: Option<BTreeMap<String, PriorityClassFacts>>,
    /// Runtime classes.
    pub runtime_classes: Option<BTreeMap<String, RuntimeClassFacts>>,
    /// Storage classes.
    pub storage_classes: Option<BTreeMap<String, StorageClassFacts>>,
    /// Device classes, each with the extended resource that stands for it; empty for none.
    pub device_classes: Option<BTreeMap<String, String>>,
}

/// What admission evaluates of a PriorityClass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriorityClassFacts {
    /// Whether pods without a class get this one.
    pub is_default: bool,
    /// The priority of its pods.
    pub value: i64,
    /// Whether its pods displace others.
    pub preemption_policy: String,
}

impl PriorityClassFacts {
    /// Returns a class of this priority whose pods displace others, as they do by default.
    pub fn of_value(value: i64) -> Self {
        Self { is_default: false, value, preemption_policy: "PreemptLowerPriority".to_owned() }
    }
}

/// What admission evaluates of a RuntimeClass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeClassFacts {
    /// The overhead of a pod of this class; `None` where the class sets none.
    pub overhead: Option<ResourceList>,
}

/// What admission evaluates of a StorageClass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StorageClassFacts {
    /// Whether claims without a class get this one.
    pub is_default: bool,
    /// When it was created, in seconds since 1970; the newest default wins.
    pub created: i64,
    /// Whether claims of this class may be expanded.
    pub expands: bool,
}

impl ClusterFacts {
    /// Priority classes that Kubernetes itself creates.
    pub const SYSTEM_PRIORITY: [&'static str; 2] = ["system-cluster-critical", "system-node-critical"];

    /// Returns the class of pods that set none.
    pub fn default_priority(&self) -> Option<&str> {
        let classes = self.priority_classes.as_ref()?;
        classes.iter().find(|(_, class)| class.is_default).map(|(name, _)| name.as_str())
    }

    /// Returns what a class, or none, makes of its pods; `None` where the classes are not known.
    pub fn priority(&self, class: &str) -> Option<PriorityClassFacts> {
        let known = self.priority_classes.as_ref()?;
        match class {
            "" => Some(PriorityClassFacts::of_value(0)),
            "system-cluster-critical" => Some(PriorityClassFacts::of_value(2_000_000_000)),
            "system-node-critical" => Some(PriorityClassFacts::of_value(2_000_001_000)),
            name => known.get(name).cloned(),
        }
    }

    /// Returns the class of claims that set none: the newest default, then the first by name (`GetDefaultClass`).
    pub fn default_storage(&self) -> Option<&str> {
        let defaults = self.storage_classes.as_ref()?.iter().filter(|(_, class)| class.is_default);
        defaults.min_by_key(|(name, class)| (-class.created, name.to_owned())).map(|(name, _)| name.as_str())
    }
}
