//! Cases that a real API server answered in these words.

use serde_json::{Value, json};

use super::resource_complaints;
use crate::{model::Pod, resources::PodResources};

fn complaints(spec: Value) -> Vec<String> {
    let pod: Pod = serde_json::from_value(json!({"spec": spec})).unwrap();
    resource_complaints(&PodResources::from_pod(&pod).unwrap(), "spec")
}

fn container(resources: Value) -> Value {
    json!({"containers": [{"name": "app", "resources": resources}]})
}

#[test]
fn requests_above_limits() {
    let spec = container(json!({"requests": {"cpu": "700m"}, "limits": {"cpu": "500m"}}));
    assert_eq!(
        complaints(spec),
        [
            "spec.containers[0].resources.requests: Invalid value: \"700m\": must be less than or equal to cpu limit of 500m"
        ]
    );
}

#[test]
fn what_cannot_be_overcommitted() {
    let gpu = |requests: Value, limits: Value| {
        complaints(container(json!({"requests": requests, "limits": limits})))
    };
    assert_eq!(
        gpu(json!({"example.com/gpu": 1}), json!({"example.com/gpu": 2})),
        [
            "spec.containers[0].resources.requests: Invalid value: \"1\": must be equal to example.com/gpu limit of 2"
        ]
    );
    assert_eq!(
        gpu(json!({"example.com/gpu": 1}), json!({})),
        [
            "spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources"
        ]
    );
    assert_eq!(
        gpu(json!({}), json!({"example.com/gpu": "1500m"})),
        [
            "spec.containers[0].resources.limits[example.com/gpu]: Invalid value: \"1500m\": must be an integer"
        ]
    );
}

#[test]
fn huge_pages() {
    let pages = json!({"hugepages-2Mi": "3Mi"});
    assert_eq!(
        complaints(container(json!({"requests": pages, "limits": pages}))),
        [
            "spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of hugepages-2Mi",
            "spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of hugepages-2Mi",
            "spec.containers[0].resources: Forbidden: HugePages require cpu or memory",
        ]
    );
}

#[test]
fn a_pod_smaller_than_its_containers() {
    let mut spec = container(json!({"requests": {"cpu": 1}, "limits": {"cpu": 3}}));
    spec["resources"] = json!({"requests": {"cpu": "100m"}, "limits": {"cpu": 2}});
    assert_eq!(
        complaints(spec),
        [
            "spec.resources.requests[cpu]: Invalid value: \"100m\": must be greater than or equal to aggregate container requests of 1",
            "spec.resources.containers[0][cpu].limits: Invalid value: \"3\": must be less than or equal to pod limits of 2",
        ]
    );
}
