//! Effective requests and limits of a pod: what schedulers and quotas count.
//!
//! The computation is part of the Kubernetes API: `PodRequests` and `PodLimits` in
//! `k8s.io/component-helpers/resource/helpers.go`, init containers after KEP 753, pod level after KEP 2837,
//! resizing in place after KEP 1287.

mod list;
mod pod;
mod read;
mod sum;
#[cfg(test)]
mod tests;

pub use list::{ResourceList, add_list, raise_to_list};
pub use pod::{ContainerResources, Observed, PodResources, Requirements};
pub use read::is_pod_level_resource;
pub use sum::Observation;
