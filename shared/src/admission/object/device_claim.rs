//! A ResourceClaim as admission evaluates it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::admission::{quota_facts::Amounts, version::Version};

/// What admission evaluates of a ResourceClaim: the most devices of each class it can get.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceClaimFacts {
    /// Devices by class.
    pub devices: BTreeMap<String, i128>,
    /// The extended resources that stand for device classes, of those that have one: for the claim's own classes it is
    /// charged, and for the others a limit has to have a usage all the same (`MatchingResources` in
    /// `pkg/quota/v1/evaluator/core/resource_claims.go`).
    pub extended_resources: BTreeMap<String, String>,
    /// What its pod is charged for already, of a claim that the scheduler made for the pod's extended resources.
    pub charged_to_pod: Amounts,
    /// The version of the server that counts it.
    pub version: Version,
}

/// A request for all devices is charged as the most an allocation can hold (`AllocationResultsMaxSize`).
const ALL_DEVICES: i128 = 32;

impl DeviceClaimFacts {
    /// Returns the claim as it is counted where these are the extended resources of device classes.
    pub fn of_classes(mut self, classes: &BTreeMap<String, String>) -> Self {
        let named = classes.iter().filter(|(_, resource)| !resource.is_empty());
        self.extended_resources = named.map(|(class, resource)| (class.clone(), resource.clone())).collect();
        self
    }

    /// Reads a claim of `resource.k8s.io/v1`. Of alternatives the largest of each class counts.
    pub fn from_value(claim: &Value) -> Self {
        let mut devices = BTreeMap::new();
        for request in claim["spec"]["devices"]["requests"].as_array().into_iter().flatten() {
            let mut most = BTreeMap::new();
            let alternatives = request["firstAvailable"].as_array().map(Vec::as_slice).unwrap_or_default();
            let exactly = if alternatives.is_empty() { request.get("exactly") } else { None };
            for one in alternatives.iter().chain(exactly) {
                let class = one["deviceClassName"].as_str().unwrap_or_default().to_owned();
                let count = match one["allocationMode"].as_str() {
                    None | Some("" | "ExactCount") => {
                        one["count"].as_i64().filter(|&count| count != 0).unwrap_or(1).into()
                    }
                    Some("All") => ALL_DEVICES,
                    Some(_) => 0,
                };
                let most = most.entry(class).or_insert(0);
                *most = count.max(*most);
            }
            for (class, count) in most {
                *devices.entry(class).or_insert(0) += count;
            }
        }
        Self { devices, ..Self::default() }
    }
}
