//! What quotas charge for each object, and which quotas evaluate it (`pkg/quota/v1/evaluator/core` in Kubernetes).

mod claim;
mod device_claim;
mod object_count;
mod pod;
mod scope;
mod service;
#[cfg(test)]
mod tests;

pub use pod::missing_requirements;
pub use scope::matches_scope;

use super::{
    object::{Object, ObjectKind},
    quota_facts::Amounts,
    version::Version,
};
use crate::quantity::{Format, Quantity};

/// Returns what quotas charge for an object, by resource name, zeros included.
pub fn usage(object: &Object) -> Amounts {
    match &object.body {
        ObjectKind::Pod(pod) => pod::usage(pod),
        ObjectKind::Service(service) => service::usage(service),
        ObjectKind::Claim(claim) => claim::usage(claim),
        ObjectKind::DeviceClaim(claim) => device_claim::usage(claim),
        ObjectKind::Counted => object_count::usage(&object.kind),
    }
}

/// Returns whether a resource name of a quota counts objects of this kind (`MatchingResources`).
pub fn counts(object: &Object, resource: &str) -> bool {
    match &object.body {
        ObjectKind::Pod(pod) => pod::counts(resource, pod.version),
        ObjectKind::Service(_) => service::counts(resource),
        ObjectKind::Claim(_) => claim::counts(resource),
        ObjectKind::DeviceClaim(claim) => device_claim::counts(resource, claim),
        ObjectKind::Counted => object_count::names(&object.kind).any(|name| name == resource),
    }
}

/// Returns the resources (`pods`, `deployments.apps`) whose objects a resource name of a quota counts.
pub fn counted_resources(name: &str) -> Vec<String> {
    let typed = [
        ("pods", pod::counts(name, Version::default())),
        ("services", service::counts(name)),
        ("persistentvolumeclaims", claim::counts(name)),
        ("resourceclaims.resource.k8s.io", device_claim::counts_any(name)),
    ];
    let mut resources: Vec<_> =
        typed.iter().filter(|(_, counts)| *counts).map(|(resource, _)| *resource).collect();
    if resources.is_empty() {
        resources.extend(object_count::resource(name));
    }
    resources.into_iter().map(str::to_owned).collect()
}

/// Returns whether quotas evaluate this request at all (`Handles`). `resize` is an update of a pod's resources.
pub fn handles(object: &Object, old: Option<&Object>, resize: bool) -> bool {
    match (&object.body, old.map(|old| &old.body)) {
        (_, None) => true,
        (ObjectKind::Pod(_), Some(_)) if resize => true,
        (ObjectKind::Pod(pod), Some(ObjectKind::Pod(old))) => pod.is_terminating() != old.is_terminating(),
        (ObjectKind::Counted | ObjectKind::Pod(_), Some(_)) => false,
        (ObjectKind::Service(_) | ObjectKind::Claim(_) | ObjectKind::DeviceClaim(_), Some(_)) => true,
    }
}

/// Returns a number of objects as a quantity.
fn integer(count: usize) -> Quantity {
    Quantity::from_integer(i128::try_from(count).unwrap_or(i128::MAX), Format::DecimalSi)
}
