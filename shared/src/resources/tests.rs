//! Vectors of `component-helpers/resource/helpers_test.go` and of a real control plane, in our words.

use serde_json::{Value, json};

use super::*;
use crate::model::Pod;

fn pod(value: Value) -> PodResources {
    PodResources::from_pod(&serde_json::from_value::<Pod>(value).unwrap()).unwrap()
}

fn text(list: &ResourceList) -> String {
    list.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(",")
}

fn app(name: &str, requests: Value) -> Value {
    json!({"name": name, "resources": {"requests": requests}})
}

fn sidecar(name: &str, requests: Value) -> Value {
    json!({"name": name, "restartPolicy": "Always", "resources": {"requests": requests}})
}

fn cpu(init: &[Value], containers: &[Value]) -> String {
    text(&pod(json!({"spec": {"initContainers": init, "containers": containers}})).requests())
}

#[test]
fn sidecars_run_beside_everything_after_them() {
    let (c100, c200) = (json!({"cpu": "100m"}), json!({"cpu": "200m"}));
    let side = |amount: &str| sidecar("s", json!({"cpu": amount}));
    assert_eq!(cpu(&[side("100m"), app("i", c200.clone())], &[app("a", c100.clone())]), "cpu=300m");
    assert_eq!(cpu(&[app("i", c200.clone()), side("100m")], &[app("a", c100.clone())]), "cpu=200m");
    assert_eq!(cpu(&[side("10m"), app("i", c200)], &[app("a", c100.clone())]), "cpu=210m");
    assert_eq!(cpu(&[side("500m")], &[app("a", c100)]), "cpu=600m");
}

#[test]
fn init_containers_count_one_at_a_time() {
    let init = [app("1", json!({"cpu": 3, "memory": "1Gi"})), app("2", json!({"cpu": 8}))];
    let apps = [app("a", json!({"cpu": 2, "memory": "2Gi"})), app("b", json!({"cpu": 3, "memory": "1Gi"}))];
    assert_eq!(cpu(&init, &apps), "cpu=8,memory=3Gi");
}

#[test]
fn overhead_adds_to_requests_and_to_limits_above_zero() {
    let with = |limits: Value| {
        pod(json!({"spec": {
            "overhead": {"cpu": "50m", "memory": "64Mi"},
            "containers": [{"name": "a", "resources": {"requests": {"cpu": "100m"}, "limits": limits}}],
        }}))
    };
    assert_eq!(text(&with(json!({})).requests()), "cpu=150m,memory=64Mi");
    assert_eq!(text(&with(json!({})).limits()), "");
    assert_eq!(text(&with(json!({"cpu": "200m"})).limits()), "cpu=250m");
    assert_eq!(text(&with(json!({"cpu": "0"})).limits()), "cpu=0");
}

#[test]
fn pod_level_replaces_the_sum_for_what_it_names() {
    let with = |overhead: Value| {
        pod(json!({"spec": {
            "resources": {"requests": {"cpu": 1, "example.com/gpu": 9}, "limits": {"hugepages-2Mi": "4Mi"}},
            "overhead": overhead,
            "containers": [app("a", json!({"cpu": "200m", "memory": "1Mi"})), app("b", json!({"cpu": "200m"}))],
        }}))
    };
    assert_eq!(text(&with(json!({})).requests()), "cpu=1,memory=1Mi");
    assert_eq!(text(&with(json!({"cpu": "100m"})).requests()), "cpu=1100m,memory=1Mi");
    assert_eq!(text(&with(json!({})).limits()), "hugepages-2Mi=4Mi");
}

fn resized(spec: u8, allocated: u8, actual: u8, reason: &str) -> Value {
    let conditions =
        if reason.is_empty() { json!([]) } else { json!([{"type": "PodResizePending", "reason": reason}]) };
    json!({
        "spec": {"containers": [{"name": "a", "resources": {"requests": {"cpu": spec}, "limits": {"cpu": spec}}}]},
        "status": {"conditions": conditions, "containerStatuses": [{
            "name": "a",
            "allocatedResources": {"cpu": allocated},
            "resources": {"requests": {"cpu": actual}, "limits": {"cpu": actual}},
        }]},
    })
}

#[test]
fn a_resize_counts_the_most_of_spec_allocation_and_fact() {
    let case = |spec, allocated, actual, reason| {
        let pod = pod(resized(spec, allocated, actual, reason));
        (text(&pod.requests()), text(&pod.limits()))
    };
    assert_eq!(case(1, 2, 3, ""), ("cpu=3".into(), "cpu=3".into()));
    assert_eq!(case(1, 3, 2, ""), ("cpu=3".into(), "cpu=2".into()));
    assert_eq!(case(4, 2, 2, "Deferred"), ("cpu=4".into(), "cpu=4".into()));
    assert_eq!(case(4, 2, 2, "Infeasible"), ("cpu=2".into(), "cpu=2".into()));
    assert_eq!(case(4, 3, 2, "Infeasible"), ("cpu=3".into(), "cpu=2".into()));
}

/// As servers before 1.37 count it.
fn before_1_37(value: Value) -> PodResources {
    PodResources { compares_containers: true, ..pod(value) }
}

#[test]
fn a_resize_counts_for_the_whole_pod_and_container_by_container_before_1_37() {
    let resized = json!({
        "spec": {"containers": [app("a", json!({"cpu": 1})), app("b", json!({"cpu": 2}))]},
        "status": {"containerStatuses": [
            {"name": "a", "allocatedResources": {"cpu": 2}, "resources": {}},
            {"name": "b", "allocatedResources": {"cpu": 1}, "resources": {}},
        ]},
    });
    assert_eq!(text(&pod(resized.clone()).requests()), "cpu=3");
    assert_eq!(text(&before_1_37(resized.clone()).requests()), "cpu=4");
    assert_eq!(text(&pod(resized).container_requests(Observation::Ignored)), "cpu=3");
}

#[test]
fn the_spec_stands_for_a_container_that_nothing_is_reported_of() {
    let resized = |reason: &str| {
        json!({
            "spec": {"containers": [app("a", json!({"cpu": 1})), app("b", json!({"cpu": 2}))]},
            "status": {
                "conditions": [{"type": "PodResizePending", "reason": reason}],
                "containerStatuses": [{"name": "a", "allocatedResources": {"cpu": 5}}],
            },
        })
    };
    assert_eq!(text(&pod(resized("Deferred")).requests()), "cpu=7");
    assert_eq!(text(&pod(resized("Infeasible")).requests()), "cpu=5");
    // Without what is in effect, a report did not count.
    assert_eq!(text(&before_1_37(resized("Deferred")).requests()), "cpu=3");
}

#[test]
fn without_a_report_the_spec_stands() {
    let mut value = resized(1, 5, 5, "");
    value["status"]["containerStatuses"] = json!([]);
    assert_eq!(text(&pod(value.clone()).requests()), "cpu=1");
    value["status"]["conditions"] = json!([{"type": "PodResizePending", "reason": "Infeasible"}]);
    assert_eq!(text(&pod(value).requests()), "");
}

#[test]
fn reports_about_plain_init_containers_count_since_1_37() {
    let with = |policy: Value| {
        json!({
            "spec": {"initContainers": [{"name": "i", "restartPolicy": policy, "resources": {"requests": {"cpu": 1}}}]},
            "status": {"initContainerStatuses": [{"name": "i", "allocatedResources": {"cpu": 7}, "resources": {}}]},
        })
    };
    for policy in [Value::Null, json!("Always")] {
        assert_eq!(text(&pod(with(policy)).requests()), "cpu=7");
    }
    assert_eq!(text(&before_1_37(with(Value::Null)).requests()), "cpu=1");
    assert_eq!(text(&before_1_37(with(json!("Always"))).requests()), "cpu=7");
}

#[test]
fn amounts_are_held_as_the_server_holds_them() {
    let one = |amount: &str| {
        let mut pod = pod(json!({"spec": {"containers": [app("a", json!({"cpu": amount}))]}}));
        pod.round_as_stored();
        text(&pod.requests())
    };
    assert_eq!(one("1u"), "cpu=1m");
    assert_eq!(one("+1"), "cpu=+1");
    assert_eq!(cpu(&[], &[app("a", json!({"memory": "1.1Gi"}))]), "memory=1181116006400m");
    let two = [app("a", json!({"memory": "512Mi"})), app("b", json!({"memory": "500M"}))];
    assert_eq!(cpu(&[], &two), "memory=1036870912");
}

#[test]
fn what_is_no_quantity_is_an_error() {
    let pod =
        serde_json::from_value::<Pod>(json!({"spec": {"containers": [app("a", json!({"cpu": "much"}))]}}));
    assert!(PodResources::from_pod(&pod.unwrap()).is_err());
}
