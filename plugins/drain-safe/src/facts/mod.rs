//! What a plan is decided from, read from a cluster or a dump: plain values.

mod owners;
mod workload;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    admission::{NamespaceFacts, version::Version},
    client::incomplete::Skipped,
    model::{Namespace, Node, PodDisruptionBudget, WidePod},
    placement::{self, StorageFacts},
};

pub use owners::{Owner, OwnerKey, Owners, TopOwner, controller_of, is_custom};
pub use workload::Workload;

/// What a plan is decided from.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The present, in seconds since 1970.
    pub now: i64,
    /// The version of the API server, `v1.36.3`; none where it is not known.
    pub server_version: Option<String>,
    /// The version whose rules apply.
    pub version: Version,
    /// The host that the API server is reached by; none for a dump.
    pub server_host: Option<String>,
    /// All nodes.
    pub nodes: Vec<Node>,
    /// The nodes to drain, by name.
    pub targets: Vec<String>,
    /// All pods, those without a node included.
    pub pods: Vec<WidePod>,
    /// All budgets that could be read.
    pub budgets: Vec<PodDisruptionBudget>,
    /// The namespaces whose budgets could not be read; none where none could.
    pub budgets_unread: Option<BTreeSet<String>>,
    /// The namespaces; none where they could not be read.
    pub namespaces: Option<Vec<Namespace>>,
    /// The owners of pods on the nodes to drain.
    pub owners: Owners,
    /// Volumes, claims, classes and drivers.
    pub storage: StorageFacts,
    /// HorizontalPodAutoscalers.
    pub autoscalers: Vec<Value>,
    /// Whether cluster-autoscaler has left its status, as it does where a cloud runs it elsewhere, too.
    pub has_autoscaler_status: bool,
    /// Quotas and LimitRanges by namespace.
    pub quotas: BTreeMap<String, NamespaceFacts>,
    /// How many pods controllers want and do not have, by namespace, as far as that matters for quotas.
    pub missing: BTreeMap<String, MissingPods>,
    /// Whether the quotas of all namespaces could be read.
    pub has_all_quotas: bool,
    /// Validating and mutating webhooks, and the endpoints of their services.
    pub webhooks: WebhookFacts,
    /// Nodes that other live runs hold, with the run.
    pub held: BTreeMap<String, Holder>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// How many pods controllers of a namespace want and do not have, by kind and name.
pub type MissingPods = BTreeMap<(String, String), usize>;

/// Webhooks of the API server.
#[derive(Clone, Debug, Default)]
pub struct WebhookFacts {
    /// ValidatingWebhookConfigurations and MutatingWebhookConfigurations.
    pub configurations: Vec<Value>,
    /// The Services behind them, by namespace and name.
    pub services: BTreeMap<(String, String), Value>,
}

/// A run that holds a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The run, as its Lease names it.
    pub run: String,
    /// When it was renewed last, in seconds since 1970.
    pub renewed: i64,
}

impl Facts {
    /// Returns the nodes to drain, in the order in which they were named.
    pub fn target_nodes(&self) -> impl Iterator<Item = &Node> {
        let named = |name: &String| self.nodes.iter().find(move |node| node.metadata.name == *name);
        self.targets.iter().filter_map(named)
    }

    /// Returns what the scheduler looks at beside pods.
    pub fn for_placement(&self) -> placement::Facts {
        placement::Facts {
            nodes: self.nodes.clone(),
            namespaces: self.namespaces.clone(),
            storage: self.storage.clone(),
            device_class_resources: Vec::new(),
        }
    }

    /// Returns whether a node is to be drained.
    pub fn is_target(&self, node: &str) -> bool {
        self.targets.iter().any(|target| target == node)
    }
}
