//! What quotas charge for a pod (`pods.go`).

use std::collections::{BTreeMap, BTreeSet};

use super::integer;
use crate::{
    admission::{object::PodFacts, quota_facts::Amounts, version::Version},
    resources::Requirements,
};

/// Names that quotas list as they are; hugepages and extended resources come by prefix.
const NAMES: &[&str] = &[
    "count/pods",
    "cpu",
    "ephemeral-storage",
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "memory",
    "pods",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

/// Resources that every container must set once a quota limits it. A mistake that became a contract: no other resource
/// is treated so.
const MUST_SPECIFY: &[&str] =
    &["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"];

/// Implements [`super::counts`].
pub(super) fn counts(resource: &str, version: Version) -> bool {
    NAMES.contains(&resource)
        || resource.starts_with("hugepages-")
        || resource.starts_with("requests.hugepages-")
        || is_extended_request(resource, version)
}

/// Returns whether a quota's name is the request of an extended resource (`isExtendedResourceNameForQuota`).
fn is_extended_request(resource: &str, version: Version) -> bool {
    let is_native = !resource.contains('/') || resource.contains("kubernetes.io/");
    let is_device_class = version.counts_device_classes_of_pods()
        && resource.starts_with("requests.deviceclass.resource.kubernetes.io/");
    (!is_native || is_device_class) && resource.starts_with("requests.")
}

/// Returns whether a container's resource is an extended one (`IsDRAExtendedResourceName`).
fn is_extended(resource: &str, version: Version) -> bool {
    let is_native = !resource.contains('/') || resource.contains("kubernetes.io/");
    (!is_native && !resource.starts_with("requests."))
        || (version.counts_device_classes_of_pods()
            && resource.starts_with("deviceclass.resource.kubernetes.io/"))
}

/// Implements [`super::usage`] (`PodUsageFunc`).
pub(super) fn usage(pod: &PodFacts) -> Amounts {
    let mut usage = match pod.released {
        true => Amounts::new(),
        false => {
            let (requests, limits) = (pod.resources.requests(), pod.resources.limits());
            compute(&Requirements { requests, limits }, pod.version)
        }
    };
    usage.insert("count/pods".to_owned(), integer(1));
    usage
}

/// Returns what a pod that runs charges (`podComputeUsageHelper`): `cpu` and `requests.cpu` are two names of one
/// amount.
fn compute(resources: &Requirements, version: Version) -> Amounts {
    let mut usage = Amounts::from([("pods".to_owned(), integer(1))]);
    for (name, request) in &resources.requests {
        if matches!(name.as_str(), "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-") {
            usage.insert(name.clone(), request.clone());
            usage.insert(format!("requests.{name}"), request.clone());
        } else if is_extended(name, version) {
            usage.insert(format!("requests.{name}"), request.clone());
        }
    }
    for (name, limit) in &resources.limits {
        if matches!(name.as_str(), "cpu" | "memory" | "ephemeral-storage") {
            usage.insert(format!("limits.{name}"), limit.clone());
        }
    }
    usage
}

/// Returns the server's message about containers that lack a resource which a quota limits (`Constraints`); `None`
/// where all have it. `limited` are the quota's resource names. Requests for the pod as a whole excuse from the rule.
pub fn missing_requirements<'a>(pod: &PodFacts, limited: impl Iterator<Item = &'a str>) -> Option<String> {
    if pod.has_pod_level() {
        return None;
    }
    let required: Vec<_> = limited.filter(|name| MUST_SPECIFY.contains(name)).collect();
    let mut missing: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for container in pod.containers() {
        let named = compute(&container.spec, pod.version);
        for name in required.iter().filter(|name| !named.contains_key(**name)) {
            missing.entry(name).or_default().insert(&container.name);
        }
    }
    if missing.is_empty() {
        return None;
    }
    let texts = missing.into_iter().map(|(name, containers)| {
        format!("{name} for: {}", containers.into_iter().collect::<Vec<_>>().join(","))
    });
    Some(format!("must specify {}", texts.collect::<Vec<_>>().join("; ")))
}
