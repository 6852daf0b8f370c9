//! What the rules look at.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    admission::{NamespaceFacts, simulator::Simulator},
    client::incomplete::Skipped,
    manifest::Manifest,
};

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Facts {
    /// Quotas and LimitRanges by namespace.
    pub namespaces: BTreeMap<String, NamespaceFacts>,
    /// The names of all namespaces; empty where they could not be listed.
    pub existing_namespaces: BTreeSet<String>,
    /// The workloads that create pods by themselves.
    pub workloads: Vec<Manifest>,
    /// What decides about their pods.
    pub simulator: Simulator,
    /// Resources of custom kinds that quotas name and the server does not serve.
    pub unserved: BTreeSet<String>,
    /// The names of the PriorityClasses; `None` where they could not be read.
    pub priority_classes: Option<BTreeSet<String>>,
    /// The one namespace that was read; `None` for several.
    pub namespace: Option<String>,
    /// What is odd about a dump.
    pub remarks: Vec<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}
