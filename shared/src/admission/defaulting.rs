//! The defaults that the API server sets for a pod before it validates it.

use super::{object::PodFacts, version::Version};
use crate::resources::{Observation, Requirements, ResourceList, is_pod_level_resource};

/// Fills in what the server does when it decodes a pod (`SetDefaults_Pod` in `pkg/apis/core/v1/defaults.go`): requests
/// where only limits are set and, before 1.37, the pod-level requests. Templates of workloads are not filled in: only pods
/// are.
///
/// Amounts are rounded up afterwards only (`SetObjectDefaults_Pod` goes from the pod to its parts), so that the sum
/// that becomes the pod's request can be below the sum of the rounded ones, which is then invalid.
pub fn fill_in_decoded(pod: &mut PodFacts, version: Version) {
    for container in pod.containers_mut() {
        let Requirements { requests, limits } = &mut container.spec;
        for (name, limit) in limits.iter() {
            requests.entry(name.clone()).or_insert_with(|| limit.clone());
        }
    }
    if !version.completes_pod_level_after_admission() {
        fill_in_huge_page_limits(pod);
        let has_limits = pod.resources.pod_level.iter().any(|level| !level.limits.is_empty());
        if has_limits {
            fill_in_pod_requests(pod);
        }
    }
    pod.resources.round_as_stored();
}

/// Completes the resources of the whole pod, after admission plugins have changed its containers
/// (`DefaultPodLevelResources` in
/// <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/api/pod/util.go>).
pub fn complete_pod_level(pod: &mut PodFacts, version: Version) {
    if !version.completes_pod_level_after_admission() || !has_any(pod) {
        return;
    }
    fill_in_huge_page_limits(pod);
    fill_in_pod_requests(pod);
    fill_in_pod_limits(pod);
}

fn has_any(pod: &PodFacts) -> bool {
    pod.resources.pod_level.iter().any(|level| !level.requests.is_empty() || !level.limits.is_empty())
}

/// Limits the huge pages of the whole pod to what its containers may use.
fn fill_in_huge_page_limits(pod: &mut PodFacts) {
    if !has_any(pod) {
        return;
    }
    let limits = pod.resources.container_limits(Observation::Ignored);
    let Some(level) = &mut pod.resources.pod_level else { return };
    for (name, limit) in limits.into_iter().filter(|(name, _)| name.starts_with("hugepages-")) {
        if !level.requests.contains_key(&name) {
            level.limits.entry(name).or_insert(limit);
        }
    }
}

/// Requests for the whole pod what its containers request, else what it is limited to.
fn fill_in_pod_requests(pod: &mut PodFacts) {
    let requests = pod.resources.container_requests(Observation::Ignored);
    let Some(level) = &mut pod.resources.pod_level else { return };
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

/// Limits the whole pod to what its containers may use, and at least to its request, where all of them are limited.
fn fill_in_pod_limits(pod: &mut PodFacts) {
    let limits = pod.resources.container_limits(Observation::Ignored);
    let all_limited: ResourceList = limits
        .into_iter()
        .filter(|(name, _)| pod.containers().all(|container| container.spec.limits.contains_key(name)))
        .collect();
    let Some(level) = &mut pod.resources.pod_level else { return };
    for (name, request) in level.requests.iter().filter(|(name, _)| is_pod_level_resource(name)) {
        if let Some(limit) = all_limited.get(name)
            && !level.limits.contains_key(name)
        {
            level.limits.insert(name.clone(), if request > limit { request } else { limit }.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::admission::{
        object::ObjectKind, read_object::object_for_tests as object, validation::resource_complaints,
    };

    fn pod(whole: Value, containers: &[Value]) -> PodFacts {
        let named = |(index, resources)| json!({"name": format!("c{index}"), "resources": resources});
        let containers: Vec<_> = containers.iter().enumerate().map(named).collect();
        let spec = json!({"resources": whole, "containers": containers});
        match object(json!({"apiVersion": "v1", "kind": "Pod", "spec": spec})).body {
            ObjectKind::Pod(pod) => *pod,
            _ => panic!("a pod is a pod"),
        }
    }

    /// Returns the requests and limits of the whole pod, once filled in.
    fn filled_in(version: &str, whole: Value, containers: &[Value]) -> (String, Vec<String>) {
        let (mut pod, version) = (pod(whole, containers), Version::parse(version).unwrap());
        fill_in_decoded(&mut pod, version);
        complete_pod_level(&mut pod, version);
        let level = pod.resources.pod_level.as_ref().unwrap();
        let text = |list: &ResourceList| {
            list.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(",")
        };
        let text = format!("{} / {}", text(&level.requests), text(&level.limits));
        (text, resource_complaints(&pod.resources, "spec"))
    }

    #[test]
    fn the_pod_asks_for_what_its_containers_ask_for_else_for_its_limits() {
        let limits = json!({"limits": {"cpu": 1, "memory": "1Gi"}});
        let container = json!({"limits": {"cpu": "200m"}});
        for version in ["1.34", "1.36", "1.37"] {
            assert_eq!(
                filled_in(version, limits.clone(), &[container.clone(), container.clone()]).0,
                "cpu=400m,memory=1Gi / cpu=1,memory=1Gi"
            );
        }
    }

    #[test]
    fn a_pod_without_limits_is_completed_since_1_37() {
        let whole = json!({"requests": {"cpu": 1}});
        let containers = [json!({"requests": {"memory": 1}})];
        assert_eq!(filled_in("1.36", whole.clone(), &containers).0, "cpu=1 / ");
        assert_eq!(filled_in("1.37", whole, &containers).0, "cpu=1,memory=1 / ");
    }

    #[test]
    fn limits_of_all_containers_limit_the_pod_since_1_37() {
        let whole = json!({"requests": {"cpu": 1}});
        let limited = |cpu: &str| json!({"limits": {"cpu": cpu, "memory": "1Mi"}});
        let containers = [limited("600m"), limited("700m")];
        assert_eq!(filled_in("1.36", whole.clone(), &containers).0, "cpu=1 / ");
        let complete = "cpu=1,memory=2097152 / cpu=1300m,memory=2097152";
        assert_eq!(filled_in("1.37", whole.clone(), &containers).0.replace("2Mi", "2097152"), complete);
        let small = [limited("100m"), limited("200m")];
        assert!(filled_in("1.37", whole.clone(), &small).0.contains(" / cpu=1,"), "at least the request");
        let one_open = [limited("100m"), json!({"requests": {"cpu": "100m"}})];
        assert_eq!(
            filled_in("1.37", whole, &one_open).0.replace("1Mi", "1048576"),
            "cpu=1,memory=1048576 / "
        );
    }

    #[test]
    fn amounts_were_rounded_after_they_were_summed() {
        let (limits, requests) = (json!({"limits": {"cpu": 1}}), json!({"requests": {"cpu": "1500u"}}));
        let containers = [requests.clone(), requests];
        let (text, complaints) = filled_in("1.36", limits.clone(), &containers);
        assert_eq!(text, "cpu=3m / cpu=1");
        assert_eq!(
            complaints,
            [
                "spec.resources.requests[cpu]: Invalid value: \"3m\": must be greater than or equal to aggregate container requests of 4m"
            ]
        );
        assert_eq!(filled_in("1.37", limits, &containers), ("cpu=4m / cpu=1".to_owned(), Vec::new()));
    }
}
