//! Nodes, as far as they tell the region.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::model::{ObjectMeta, Resource};

use crate::certificates::{ClusterRegion, region_of_zone};

/// The fields of `core/v1.Node` that tell where it is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Node {
    metadata: ObjectMeta,
    spec: NodeSpec,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NodeSpec {
    #[serde(rename = "providerID")]
    provider_id: Option<String>,
}

impl Resource for Node {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const PLURAL: &'static str = "nodes";
    const KIND: &'static str = "Node";
    const NAMESPACED: bool = false;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }
}

/// The labels that name the region, the current one first.
const REGION_LABELS: [&str; 2] =
    ["topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"];

impl Node {
    /// Returns whether its machine is one of AWS.
    pub fn is_on_aws(&self) -> bool {
        self.spec.provider_id.as_deref().is_some_and(|id| id.starts_with("aws://"))
    }

    /// Adds its region and what shows it.
    pub fn add_region(&self, regions: &mut ClusterRegion) {
        let labels: &BTreeMap<String, String> = &self.metadata.labels;
        let label = REGION_LABELS.iter().find_map(|label| labels.get(*label).map(|region| (*label, region)));
        if let Some((label, region)) = label {
            regions.add(region, format!("the label {label} of node {}", self.metadata.name));
            return;
        }
        let id = self.spec.provider_id.as_deref().unwrap_or_default();
        let zone = id.strip_prefix("aws:///").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        if let Some(region) = region_of_zone(zone) {
            regions.add(region, format!("the providerID of node {}", self.metadata.name));
        }
    }
}
