//! What the API server fills in when it reads a pod, before anybody else looks at it.

use shared::resources::{Observation, Requirements, is_pod_level_resource};

use crate::facts::PodFacts;

/// Fills in requests where limits stand, and requests of the pod as a whole (`SetDefaults_Pod` in
/// `pkg/apis/core/v1/defaults.go`). Templates of workloads are not filled in: only pods are.
pub fn fill_in(pod: &mut PodFacts) {
    for container in pod.containers_mut() {
        let Requirements { requests, limits } = &mut container.spec;
        for (name, limit) in limits.iter() {
            requests.entry(name.clone()).or_insert_with(|| limit.clone());
        }
    }
    let (requests, limits) = (
        pod.resources.container_requests(Observation::Ignored),
        pod.resources.container_limits(Observation::Ignored),
    );
    let Some(level) = &mut pod.resources.pod_level else { return };
    if level.requests.is_empty() && level.limits.is_empty() {
        return;
    }
    for (name, limit) in limits.into_iter().filter(|(name, _)| name.starts_with("hugepages-")) {
        if !level.requests.contains_key(&name) {
            level.limits.entry(name).or_insert(limit);
        }
    }
    if level.limits.is_empty() {
        return;
    }
    // Huge pages can't be overcommitted, so that their request is their limit.
    for (name, request) in requests.into_iter().filter(|(name, _)| matches!(name.as_str(), "cpu" | "memory")) {
        level.requests.entry(name).or_insert(request);
    }
    for (name, limit) in &level.limits {
        if is_pod_level_resource(name) {
            level.requests.entry(name.clone()).or_insert_with(|| limit.clone());
        }
    }
}
