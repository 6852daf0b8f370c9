//! The defaults that the API server sets when it decodes a pod, before any other stage.

use super::object::PodFacts;
use crate::resources::{Observation, Requirements, is_pod_level_resource};

/// Fills in requests where only limits are set, and the pod-level requests (`SetDefaults_Pod` in
/// `pkg/apis/core/v1/defaults.go`). Templates of workloads are not filled in: only pods are.
///
/// Amounts are rounded up afterwards only (`SetObjectDefaults_Pod` goes from the pod to its parts), so that the sum
/// that becomes the pod's request can be below the sum of the rounded ones, which is then invalid.
pub fn fill_in(pod: &mut PodFacts) {
    fill_in_exact(pod);
    pod.resources.round_as_stored();
}

fn fill_in_exact(pod: &mut PodFacts) {
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
    // Huge pages can't be overcommitted: their request is their limit.
    for (name, request) in requests.into_iter().filter(|(name, _)| matches!(name.as_str(), "cpu" | "memory"))
    {
        level.requests.entry(name).or_insert(request);
    }
    for (name, limit) in &level.limits {
        if is_pod_level_resource(name) {
            level.requests.entry(name.clone()).or_insert_with(|| limit.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::fill_in;
    use crate::admission::{
        object::ObjectKind, read_object::object_for_tests as object, validation::resource_complaints,
    };

    fn filled_in(whole: Value, container: Value) -> (String, Vec<String>) {
        let spec = json!({"resources": whole, "containers": [{"name": "a", "resources": container}, {"name": "b", "resources": container}]});
        let ObjectKind::Pod(mut pod) = object(json!({"apiVersion": "v1", "kind": "Pod", "spec": spec})).body
        else {
            panic!("a pod is a pod")
        };
        fill_in(&mut pod);
        let requests = &pod.resources.pod_level.as_ref().unwrap().requests;
        let text =
            requests.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(",");
        (text, resource_complaints(&pod.resources, "spec"))
    }

    #[test]
    fn the_pod_asks_for_what_its_containers_ask_for_else_for_its_limits() {
        let limits = json!({"limits": {"cpu": 1, "memory": "1Gi"}});
        assert_eq!(filled_in(limits, json!({"limits": {"cpu": "200m"}})).0, "cpu=400m,memory=1Gi");
        assert_eq!(filled_in(json!({"requests": {"cpu": 1}}), json!({"requests": {"memory": 1}})).0, "cpu=1");
    }

    #[test]
    fn amounts_are_rounded_after_they_were_summed() {
        let (requests, complaints) =
            filled_in(json!({"limits": {"cpu": 1}}), json!({"requests": {"cpu": "1500u"}}));
        assert_eq!(requests, "cpu=3m");
        assert_eq!(
            complaints,
            [
                "spec.resources.requests[cpu]: Invalid value: \"3m\": must be greater than or equal to aggregate container requests of 4m"
            ]
        );
    }
}
