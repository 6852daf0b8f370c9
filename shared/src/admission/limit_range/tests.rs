//! LimitRanges as a real API server applied them.

use serde_json::{Value, json};

use super::*;
use crate::{
    admission::{
        defaulting,
        object::{ObjectKind, PodFacts},
        read_object::object_for_tests as object,
        version::Version,
    },
    model::LimitRange,
};

fn range(items: Value) -> LimitRangeFacts {
    let range: LimitRange =
        serde_json::from_value(json!({"metadata": {"name": "r"}, "spec": {"limits": items}})).unwrap();
    LimitRangeFacts::new(&range).unwrap()
}

fn pod(resources: Value) -> PodFacts {
    let spec = json!({"containers": [{"name": "app", "resources": resources}]});
    match object(json!({"apiVersion": "v1", "kind": "Pod", "spec": spec})).body {
        ObjectKind::Pod(mut pod) => {
            defaulting::fill_in_decoded(&mut pod, Version::default());
            *pod
        }
        _ => panic!("a pod is a pod"),
    }
}

fn filled_in(items: Value, resources: Value) -> String {
    let mut pod = pod(resources);
    inject(&range(items), &mut pod);
    let spec = &pod.resources.containers[0].spec;
    let text = |list: &crate::resources::ResourceList| {
        list.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(",")
    };
    format!("{} / {}", text(&spec.requests), text(&spec.limits))
}

#[test]
fn what_the_server_stores_is_filled_in_for_manifests_too() {
    assert_eq!(filled_in(json!([{"type": "Container", "max": {"cpu": 1}}]), json!({})), "cpu=1 / cpu=1");
    assert_eq!(filled_in(json!([{"type": "Container", "min": {"cpu": "100m"}}]), json!({})), "cpu=100m / ");
    assert_eq!(filled_in(json!([{"type": "Pod", "max": {"cpu": 1}}]), json!({})), " / ");
}

#[test]
fn what_a_container_says_itself_stays() {
    let items = json!([{"type": "Container", "default": {"cpu": "500m"}, "defaultRequest": {"cpu": "100m"}}]);
    assert_eq!(filled_in(items.clone(), json!({})), "cpu=100m / cpu=500m");
    // The request came from the limit before.
    assert_eq!(filled_in(items.clone(), json!({"limits": {"cpu": 2}})), "cpu=2 / cpu=2");
    assert_eq!(filled_in(items, json!({"requests": {"cpu": "700m"}})), "cpu=700m / cpu=500m");
}

#[test]
fn bounds_and_their_words() {
    let said = |item: Value, resources: Value| pod_complaints(&range(json!([item])), &pod(resources));
    let container = |bound: &str, value: &str| json!({"type": "Container", bound: {"cpu": value}});
    let cpu = |request: &str, limit: &str| json!({"requests": {"cpu": request}, "limits": {"cpu": limit}});
    assert_eq!(
        said(container("max", "1"), cpu("1", "2")),
        ["maximum cpu usage per Container is 1, but limit is 2"]
    );
    assert_eq!(
        said(container("min", "100m"), cpu("0", "1")),
        ["minimum cpu usage per Container is 100m, but request is 0"]
    );
    assert_eq!(
        said(container("maxLimitRequestRatio", "2"), cpu("300m", "1")),
        ["cpu max limit to request ratio per Container is 2, but provided ratio is 3.333333"]
    );
    assert_eq!(
        said(container("maxLimitRequestRatio", "2"), json!({})),
        ["cpu max limit to request ratio per Container is 2, but no request is specified or request is 0"]
    );
    assert_eq!(
        said(container("maxLimitRequestRatio", "2"), json!({"requests": {"cpu": 1}})),
        ["cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0"]
    );
    assert_eq!(
        said(json!({"type": "Pod", "min": {"cpu": 1}}), json!({})),
        ["minimum cpu usage per Pod is 1.  No request is specified"]
    );
    assert_eq!(
        said(json!({"type": "Pod", "max": {"cpu": 1}}), json!({})),
        ["maximum cpu usage per Pod is 1.  No limit is specified"]
    );
    assert_eq!(said(container("max", "2"), cpu("1", "2")), Vec::<String>::new());
}

#[test]
fn claims_have_requests_only() {
    let claim = json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "spec": {"resources": {"requests": {"storage": "1Gi"}}}});
    let ObjectKind::Claim(claim) = object(claim).body else { panic!("a claim is a claim") };
    let said = |item: Value| claim_complaints(&range(json!([item])), &claim);
    assert_eq!(
        said(json!({"type": "PersistentVolumeClaim", "min": {"storage": "2Gi"}})),
        ["minimum storage usage per PersistentVolumeClaim is 2Gi, but request is 1Gi"]
    );
    assert_eq!(
        said(json!({"type": "PersistentVolumeClaim", "max": {"storage": "500Mi"}})),
        ["maximum storage usage per PersistentVolumeClaim is 500Mi, but request is 1Gi"]
    );
}
