//! Tests of what is said about amounts.

use serde_json::json;

use super::*;

fn remarks(object: &Value) -> Vec<String> {
    let mut remarks = AmountRemarks::default();
    let is_fine = remarks.look_at(object);
    let remarks = remarks.into_remarks();
    assert_eq!(is_fine, remarks.is_empty());
    remarks
}

fn object(api_version: &str, kind: &str, rest: Value) -> Value {
    let mut object =
        json!({"apiVersion": api_version, "kind": kind, "metadata": {"name": "x", "namespace": "n"}});
    for (name, value) in rest.as_object().unwrap() {
        object[name] = value.clone();
    }
    object
}

#[test]
fn every_place_that_is_calculated_with_is_looked_at() {
    let bad = json!({"requests": {"cpu": "-1"}});
    let spec = json!({
        "containers": [{"name": "a", "resources": {"limits": {"cpu": "-1"}}}],
        "initContainers": [{"name": "b", "resources": bad}],
        "resources": bad,
        "overhead": {"cpu": "-1"},
        "volumes": [{"name": "v", "ephemeral": {"volumeClaimTemplate": {"spec": {"resources": bad}}}}],
    });
    let in_pod_spec = [
        "containers[a].resources.limits[cpu]",
        "initContainers[b].resources.requests[cpu]",
        "resources.requests[cpu]",
        "overhead[cpu]",
        "volumes[v].ephemeral.volumeClaimTemplate.spec.resources.requests[cpu]",
    ];
    let negative = |kind: &str, path: &str| {
        format!("{kind} n/x: {path} is -1, which no API server stores: amounts are not negative")
    };
    let reported = |kind: &str, path: &str| {
        format!("{kind} n/x: {path} is -1, which no kubelet reports: amounts are not negative")
    };
    let status =
        json!({"containerStatuses": [{"name": "a", "allocatedResources": {"cpu": "-1"}, "resources": bad}]});
    let mut expected: Vec<_> = in_pod_spec.map(|path| negative("pod", &format!("spec.{path}"))).into();
    expected.push(reported("pod", "status.containerStatuses[a].allocatedResources[cpu]"));
    expected.push(reported("pod", "status.containerStatuses[a].resources.requests[cpu]"));
    assert_eq!(remarks(&object("v1", "Pod", json!({"spec": spec, "status": status}))), expected);
    for (api_version, kind, path) in [
        ("apps/v1", "Deployment", "spec.template.spec"),
        ("v1", "ReplicationController", "spec.template.spec"),
        ("batch/v1", "CronJob", "spec.jobTemplate.spec.template.spec"),
    ] {
        let mut workload = object(api_version, kind, json!({}));
        let mut place = &mut workload;
        for field in path.split('.') {
            place = &mut place[field];
        }
        *place = spec.clone();
        let kind = kind.to_lowercase();
        assert_eq!(
            remarks(&workload),
            in_pod_spec.map(|inside| negative(&kind, &format!("{path}.{inside}")))
        );
    }
    let claims = json!([{"metadata": {"name": "data"}, "spec": {"resources": bad}}]);
    assert_eq!(
        remarks(&object("apps/v1", "StatefulSet", json!({"spec": {"volumeClaimTemplates": claims}}))),
        [negative("statefulset", "spec.volumeClaimTemplates[data].spec.resources.requests[cpu]")]
    );
    let claim = json!({"spec": {"resources": bad}, "status": {"capacity": {"storage": "-1"}}});
    assert_eq!(
        remarks(&object("v1", "PersistentVolumeClaim", claim)),
        [
            negative("persistentvolumeclaim", "spec.resources.requests[cpu]"),
            negative("persistentvolumeclaim", "status.capacity[storage]")
        ]
    );
    let node = json!({"status": {"allocatable": {"cpu": "-1"}}});
    assert_eq!(remarks(&object("v1", "Node", node)), [reported("node", "status.allocatable[cpu]")]);
    let class = json!({"overhead": {"podFixed": {"cpu": "-1"}}});
    assert_eq!(
        remarks(&object("node.k8s.io/v1", "RuntimeClass", class)),
        [negative("runtimeclass", "overhead.podFixed[cpu]")]
    );
    // The server takes these.
    let range =
        json!({"spec": {"limits": [{"type": "Container", "min": {"cpu": "-1"}, "max": {"cpu": "1e400"}}]}});
    assert_eq!(remarks(&object("v1", "LimitRange", range)), [""; 0]);
}

#[test]
fn what_is_no_quantity_or_no_count_is_named() {
    let pod = |amount: Value| {
        let containers = json!([{"name": "a", "resources": {"requests": {"memory": amount}}}]);
        object("v1", "Pod", json!({"spec": {"containers": containers}}))
    };
    let place = "pod n/x: spec.containers[a].resources.requests[memory] is";
    for (amount, why) in [
        (
            json!("abc"),
            "`abc`, which no API server stores: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        ),
        (json!(true), "true, which no API server stores: a quantity is a text or a number"),
        (json!(-5), "-5, which no API server stores: amounts are not negative"),
        (
            json!("10000000000000000000000"),
            "10000000000000000000000, which is too large to be printed: an API server prints 10",
        ),
    ] {
        assert_eq!(remarks(&pod(amount.clone())), [format!("{place} {why}")]);
        let error = require_quantities(&pod(amount)).err().map(|error| error.to_string());
        let is_quantity = !why.contains("quantit");
        assert_eq!(error.is_none(), is_quantity, "{error:?}");
        assert!(error.is_none_or(|error| error.starts_with(&format!("error: {place} "))));
    }
    for fine in [json!("1e400"), json!(1.5), json!(null), json!("0"), json!(" 1 ")] {
        assert_eq!(remarks(&pod(fine.clone())), [""; 0], "{fine}");
        assert!(require_quantities(&pod(fine)).is_ok());
    }
    let replicas =
        |count: Value| remarks(&object("apps/v1", "Deployment", json!({"spec": {"replicas": count}})));
    for odd in [json!(-1), json!(2_147_483_648_i64), json!(1e30), json!(1.5), json!("many")] {
        let text = match &odd {
            Value::String(text) => format!("`{text}`"),
            other => other.to_string(),
        };
        let why = "which no API server stores: it is not a whole number from 0 to 2147483647";
        assert_eq!(replicas(odd), [format!("deployment n/x: spec.replicas is {text}, {why}")]);
    }
    for fine in [json!(0), json!(3.0), json!(null), json!(i32::MAX)] {
        assert_eq!(replicas(fine), [""; 0]);
    }
    let requests = json!([{"name": "a", "exactly": {"count": -5}}, {"name": "b", "firstAvailable": [{"name": "c", "count": "x"}]}]);
    let claim =
        object("resource.k8s.io/v1", "ResourceClaim", json!({"spec": {"devices": {"requests": requests}}}));
    let why = "which no API server stores: it is not a whole number from 0 to 9223372036854775807";
    assert_eq!(
        remarks(&claim),
        [
            format!("resourceclaim n/x: spec.devices.requests[a].exactly.count is -5, {why}"),
            format!("resourceclaim n/x: spec.devices.requests[b].firstAvailable[c].count is `x`, {why}"),
        ]
    );
}

#[test]
fn of_many_the_first_are_named() {
    let node = object("v1", "Node", json!({"status": {"capacity": {"cpu": "-1"}}}));
    let mut remarks = AmountRemarks::default();
    (0..MOST + 1).for_each(|_| assert!(!remarks.look_at(&node)));
    let said = remarks.clone().into_remarks();
    assert_eq!((said.len(), said[MOST].as_str()), (MOST + 1, "the dump holds 1 more such amount"));
    assert!(!remarks.look_at(&node));
    assert_eq!(remarks.into_remarks()[MOST], "the dump holds 2 more such amounts");
}
