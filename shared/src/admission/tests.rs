//! The order of stages, and the words of quotas.

use serde_json::{Value, json};

use super::{
    limit_range::LimitRangeFacts, object::Object, quota_facts::QuotaFacts,
    read_object::object_for_tests as object, *,
};
use crate::model::{LimitRange, ResourceQuota};

fn quota(name: &str, hard: Value, used: Value) -> QuotaFacts {
    let value =
        json!({"metadata": {"name": name}, "spec": {"hard": hard}, "status": {"hard": hard, "used": used}});
    QuotaFacts::new(serde_json::from_value::<ResourceQuota>(value).unwrap()).unwrap()
}

fn range(name: &str, items: Value) -> LimitRangeFacts {
    let value = json!({"metadata": {"name": name}, "spec": {"limits": items}});
    LimitRangeFacts::new(&serde_json::from_value::<LimitRange>(value).unwrap()).unwrap()
}

fn pod(resources: Value) -> Object {
    let spec = json!({"containers": [{"name": "app", "image": "app", "resources": resources}]});
    object(json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": spec}))
}

fn messages(object: Object, old: Option<&Object>, resize: bool, namespace: &NamespaceFacts) -> Vec<String> {
    match admit(&Request { object, old, resize }, namespace, &ClusterFacts::default()) {
        Decision::Admitted(_) => Vec::new(),
        Decision::Refused(refusals) | Decision::OrderDependent(_, refusals) => {
            refusals.into_iter().map(|refusal| refusal.message).collect()
        }
    }
}

#[test]
fn a_quota_lists_what_is_exceeded_only() {
    let hard = json!({"requests.cpu": 4, "limits.memory": "3Gi", "limits.cpu": 4});
    let namespace = NamespaceFacts {
        quotas: vec![quota("q", hard, json!({"requests.cpu": 0, "limits.memory": "3Gi", "limits.cpu": 4}))],
        ..NamespaceFacts::default()
    };
    assert_eq!(
        messages(pod(json!({"limits": {"cpu": 1, "memory": "2Gi"}})), None, false, &namespace),
        [
            "pods \"p\" is forbidden: exceeded quota: q, requested: limits.cpu=1,limits.memory=2Gi, used: limits.cpu=4,limits.memory=3Gi, limited: limits.cpu=4,limits.memory=3Gi"
        ]
    );
}

#[test]
fn equal_is_enough_and_above_is_not() {
    let namespace = |used: &str| NamespaceFacts {
        quotas: vec![quota("q", json!({"requests.cpu": 4}), json!({"requests.cpu": used}))],
        ..NamespaceFacts::default()
    };
    let ask = |cpu: &str| messages(pod(json!({"requests": {"cpu": cpu}})), None, false, &namespace("3500m"));
    assert_eq!(ask("500m"), Vec::<String>::new());
    assert_eq!(
        ask("501m"),
        [
            "pods \"p\" is forbidden: exceeded quota: q, requested: requests.cpu=501m, used: requests.cpu=3500m, limited: requests.cpu=4"
        ]
    );
}

#[test]
fn each_quota_that_refuses_is_a_candidate_but_what_cannot_be_answered_stands_alone() {
    let full = |name: &str| quota(name, json!({"pods": 1}), json!({"pods": 1}));
    let exceeded = |name: &str| {
        format!(
            "pods \"p\" is forbidden: exceeded quota: {name}, requested: pods=1, used: pods=1, limited: pods=1"
        )
    };
    let mut namespace = NamespaceFacts { quotas: vec![full("a"), full("b")], ..NamespaceFacts::default() };
    assert_eq!(messages(pod(json!({})), None, false, &namespace), [exceeded("a"), exceeded("b")]);
    namespace.quotas.push(quota("c", json!({"limits.cpu": 1}), json!({})));
    assert_eq!(
        messages(pod(json!({})), None, false, &namespace),
        ["pods \"p\" is forbidden: failed quota: c: must specify limits.cpu for: app"]
    );
    assert_eq!(
        messages(pod(json!({"limits": {"cpu": 1}})), None, false, &namespace),
        ["pods \"p\" is forbidden: status unknown for quota: c, resources: limits.cpu"]
    );
}

#[test]
fn validation_comes_before_limit_ranges_and_those_before_quotas() {
    let mut namespace = NamespaceFacts {
        quotas: vec![quota("q", json!({"pods": 0}), json!({"pods": 0}))],
        limit_ranges: vec![range("r", json!([{"type": "Container", "max": {"cpu": "500m"}}]))],
        ..NamespaceFacts::default()
    };
    assert_eq!(
        messages(pod(json!({"requests": {"cpu": "700m"}})), None, false, &namespace),
        [
            "Pod \"p\" is invalid: spec.containers[0].resources.requests: Invalid value: \"700m\": must be less than or equal to cpu limit of 500m"
        ]
    );
    assert_eq!(
        messages(pod(json!({"limits": {"cpu": 1}})), None, false, &namespace),
        ["pods \"p\" is forbidden: [maximum cpu usage per Container is 500m, but limit is 1]"
            .replace(['[', ']'], "")]
    );
    namespace.limit_ranges.clear();
    assert_eq!(messages(pod(json!({})), None, false, &namespace).len(), 1);
}

#[test]
fn defaults_that_differ_leave_it_to_chance() {
    let range = |name: &str, cpu: &str| range(name, json!([{"type": "Container", "default": {"cpu": cpu}}]));
    let namespace = NamespaceFacts {
        quotas: vec![quota("q", json!({"limits.cpu": 1}), json!({"limits.cpu": 0}))],
        limit_ranges: vec![range("small", "1"), range("large", "2")],
        ..NamespaceFacts::default()
    };
    let decision = admit(
        &Request { object: pod(json!({})), old: None, resize: false },
        &namespace,
        &ClusterFacts::default(),
    );
    let Decision::OrderDependent(admitted, refusals) = decision else { panic!("{decision:?}") };
    assert_eq!(admitted.charges[0].1["limits.cpu"].to_string(), "1");
    assert_eq!(refusals.len(), 1);
    assert!(
        refusals[0].message.ends_with("requested: limits.cpu=2, used: limits.cpu=0, limited: limits.cpu=1")
    );
}

#[test]
fn an_update_is_charged_by_its_increase() {
    let service = |kind: &str| {
        let ports = json!([{"port": 1}, {"port": 2}, {"port": 3}]);
        object(
            json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"type": kind, "ports": ports}}),
        )
    };
    let hard = json!({"services": 1, "services.nodeports": 2, "services.loadbalancers": 0});
    let namespace = NamespaceFacts {
        quotas: vec![quota(
            "q",
            hard,
            json!({"services": 1, "services.nodeports": 0, "services.loadbalancers": 0}),
        )],
        ..NamespaceFacts::default()
    };
    let old = service("ClusterIP");
    assert_eq!(messages(service("ClusterIP"), Some(&old), false, &namespace), Vec::<String>::new());
    assert_eq!(
        messages(service("LoadBalancer"), Some(&old), false, &namespace),
        [
            "services \"s\" is forbidden: exceeded quota: q, requested: services.loadbalancers=1,services.nodeports=3, used: services.loadbalancers=0,services.nodeports=0, limited: services.loadbalancers=0,services.nodeports=2"
        ]
    );
}

#[test]
fn a_resize_is_charged_by_its_increase_and_other_updates_are_not() {
    let asking = |cpu: u8| pod(json!({"requests": {"cpu": cpu}}));
    let namespace = NamespaceFacts {
        quotas: vec![quota("q", json!({"requests.cpu": 5}), json!({"requests.cpu": 1}))],
        ..NamespaceFacts::default()
    };
    let old = asking(1);
    assert_eq!(
        messages(asking(6), Some(&old), true, &namespace),
        [
            "pods \"p\" is forbidden: exceeded quota: q, requested: requests.cpu=5, used: requests.cpu=1, limited: requests.cpu=5"
        ]
    );
    assert_eq!(messages(asking(5), Some(&old), true, &namespace), Vec::<String>::new());
    assert_eq!(messages(asking(6), Some(&old), false, &namespace), Vec::<String>::new());
}

#[test]
fn what_is_missing_counts_all_quotas_and_pods() {
    let quotas =
        [quota("q", json!({"pods": 3, "requests.cpu": 2}), json!({"pods": 2, "requests.cpu": "500m"}))];
    let short = shortages(&[(pod(json!({"requests": {"cpu": 1}})), 2)], &quotas);
    let text: Vec<_> = short
        .iter()
        .map(|one| format!("{} {} {} {}", one.resource, one.requested, one.used, one.hard))
        .collect();
    assert_eq!(text, ["pods 2 2 3", "requests.cpu 2 500m 2"]);
}
