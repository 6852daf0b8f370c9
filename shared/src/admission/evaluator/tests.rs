//! What objects charge, in cases that a real control plane confirmed.

use serde_json::{Value, json};

use super::*;
use crate::admission::{quota_facts::ScopeRequirement, read_object::object_for_tests as object};

fn charged(value: Value) -> String {
    let pairs = usage(&object(value));
    pairs.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(" ")
}

fn pod(spec: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": spec})
}

fn container(resources: Value) -> Value {
    json!({"containers": [{"name": "app", "resources": resources}]})
}

#[test]
fn names_of_quotas_lead_to_the_objects_they_count() {
    let lead_to = |resource: &str, names: &[&str]| {
        for name in names {
            assert_eq!(counted_resources(name), [resource], "{name}");
        }
    };
    let pod_names =
        ["pods", "count/pods", "cpu", "requests.nvidia.com/gpu", "limits.memory", "requests.hugepages-2Mi"];
    lead_to("pods", &pod_names);
    let claim_names = [
        "requests.storage",
        "count/persistentvolumeclaims",
        "gold.storageclass.storage.k8s.io/requests.storage",
    ];
    lead_to("persistentvolumeclaims", &claim_names);
    lead_to("services", &["services.nodeports", "count/services"]);
    lead_to("resourceclaims.resource.k8s.io", &["gpu.deviceclass.resource.k8s.io/devices"]);
    lead_to("replicasets.apps", &["count/replicasets.apps"]);
    lead_to("secrets", &["secrets", "count/secrets"]);
    lead_to("services.serving.knative.dev", &["count/services.serving.knative.dev"]);
}

#[test]
fn pods_charge_both_names_of_a_resource() {
    let resources = json!({"requests": {"cpu": "100m", "hugepages-2Mi": "2Mi", "example.com/gpu": 1}, "limits": {"cpu": 1, "example.com/gpu": 1}});
    assert_eq!(
        charged(pod(container(resources))),
        "count/pods=1 cpu=100m hugepages-2Mi=2Mi limits.cpu=1 pods=1 requests.cpu=100m requests.example.com/gpu=1 requests.hugepages-2Mi=2Mi"
    );
}

#[test]
fn services_charge_ports_of_nodes_by_intent() {
    let service = |spec: Value| {
        charged(json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": spec}))
    };
    let charge = |balancers, ports| {
        format!("count/services=1 services=1 services.loadbalancers={balancers} services.nodeports={ports}")
    };
    let ports = json!([{"port": 1}, {"port": 2, "nodePort": 30000}]);
    assert_eq!(service(json!({"ports": ports})), charge(0, 0));
    assert_eq!(service(json!({"type": "NodePort", "ports": ports})), charge(0, 2));
    assert_eq!(service(json!({"type": "LoadBalancer", "ports": ports})), charge(1, 2));
    let off = json!({"type": "LoadBalancer", "allocateLoadBalancerNodePorts": false, "ports": ports});
    assert_eq!(service(off), charge(1, 1));
    assert_eq!(service(json!({"type": "ExternalName"})), charge(0, 0));
}

#[test]
fn claims_charge_their_class_and_whole_bytes() {
    let claim = |metadata: Value, spec: Value| {
        charged(
            json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata, "spec": spec}),
        )
    };
    let storage = json!({"requests": {"storage": "1500m"}});
    assert_eq!(
        claim(json!({"name": "c"}), json!({"resources": storage, "storageClassName": ""})),
        "count/persistentvolumeclaims=1 persistentvolumeclaims=1 requests.storage=2"
    );
    let annotated = json!({"name": "c", "annotations": {"volume.beta.kubernetes.io/storage-class": "gold"}});
    assert_eq!(
        claim(annotated, json!({"resources": storage, "storageClassName": "silver"})),
        "count/persistentvolumeclaims=1 gold.storageclass.storage.k8s.io/persistentvolumeclaims=1 gold.storageclass.storage.k8s.io/requests.storage=2 persistentvolumeclaims=1 requests.storage=2"
    );
}

#[test]
fn device_claims_charge_the_worst_case_of_each_class() {
    let requests = json!([
        {"name": "a", "exactly": {"deviceClassName": "fast", "count": 2}},
        {"name": "b", "firstAvailable": [
            {"deviceClassName": "fast", "count": 3}, {"deviceClassName": "fast"}, {"deviceClassName": "slow", "allocationMode": "All"},
        ]},
    ]);
    let claim = json!({"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim", "metadata": {"name": "c"}, "spec": {"devices": {"requests": requests}}});
    assert_eq!(
        charged(claim),
        "count/resourceclaims.resource.k8s.io=1 fast.deviceclass.resource.k8s.io/devices=5 requests.deviceclass.resource.kubernetes.io/fast=5 requests.deviceclass.resource.kubernetes.io/slow=32 slow.deviceclass.resource.k8s.io/devices=32"
    );
}

#[test]
fn everything_else_charges_one() {
    let of = |version: &str, kind: &str| {
        charged(json!({"apiVersion": version, "kind": kind, "metadata": {"name": "x"}}))
    };
    assert_eq!(of("v1", "Secret"), "count/secrets=1 secrets=1");
    assert_eq!(of("apps/v1", "Deployment"), "count/deployments.apps=1");
    assert_eq!(of("networking.k8s.io/v1", "NetworkPolicy"), "count/networkpolicies.networking.k8s.io=1");
    assert_eq!(of("example.com/v1", "Gateway"), "count/gateways.example.com=1");
}

#[test]
fn every_container_must_name_what_is_limited() {
    let missing = |spec: Value, limited: &[&str]| match object(pod(spec)).body {
        ObjectKind::Pod(pod) => missing_requirements(&pod, limited.iter().copied()),
        _ => None,
    };
    let spec = json!({
        "containers": [{"name": "b", "resources": {"limits": {"memory": 0}}}, {"name": "a"}],
        "initContainers": [{"name": "i", "resources": {"limits": {"cpu": 1}}}],
    });
    assert_eq!(
        missing(spec.clone(), &["limits.memory", "limits.cpu", "requests.ephemeral-storage"]).unwrap(),
        "must specify limits.cpu for: a,b; limits.memory for: a,i"
    );
    assert_eq!(missing(spec.clone(), &["pods", "requests.example.com/gpu"]), None);
    let mut whole = spec;
    whole["resources"] = json!({"limits": {"memory": "1Gi"}});
    assert_eq!(missing(whole, &["limits.cpu"]), None);
}

#[test]
fn scopes_choose_pods() {
    let matches = |spec: Value, scope: &str, operator: &str, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let requirement = ScopeRequirement { scope: scope.into(), operator: operator.into(), values };
        matches_scope(&object(pod(spec)), &requirement)
    };
    let gpu = container(json!({"requests": {"example.com/gpu": 1, "cpu": 0}}));
    assert!(matches(gpu.clone(), "BestEffort", "Exists", &[]));
    assert!(!matches(gpu.clone(), "NotBestEffort", "Exists", &[]));
    let mut whole = gpu.clone();
    whole["resources"] = json!({"limits": {"cpu": 1}});
    assert!(!matches(whole, "BestEffort", "Exists", &[]));

    assert!(matches(json!({"activeDeadlineSeconds": 1}), "Terminating", "Exists", &[]));
    assert!(matches(json!({}), "NotTerminating", "Exists", &[]));

    let high = json!({"priorityClassName": "high"});
    assert!(matches(high.clone(), "PriorityClass", "In", &["low", "high"]));
    assert!(!matches(high.clone(), "PriorityClass", "NotIn", &["high"]));
    assert!(matches(json!({}), "PriorityClass", "NotIn", &["high"]));
    assert!(matches(json!({}), "PriorityClass", "DoesNotExist", &[]));
    assert!(!matches(json!({}), "PriorityClass", "Exists", &[]));

    let near = |term: Value| json!({"affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}});
    assert!(matches(near(json!({"namespaceSelector": {}})), "CrossNamespacePodAffinity", "Exists", &[]));
    assert!(!matches(near(json!({"topologyKey": "zone"})), "CrossNamespacePodAffinity", "Exists", &[]));
}

#[test]
fn scopes_keep_out_what_is_no_pod() {
    let requirement =
        ScopeRequirement { scope: "NotTerminating".into(), operator: "Exists".into(), values: Vec::new() };
    assert!(!matches_scope(&object(json!({"apiVersion": "apps/v1", "kind": "Deployment"})), &requirement));
}

/// A claim has the class of its spec, the one in effect and the one it changes to; any of them is enough, even for `NotIn`.
#[test]
fn scopes_choose_claims_by_any_of_their_attribute_classes() {
    let requirement = |operator: &str, values: &[&str]| ScopeRequirement {
        scope: "VolumeAttributesClass".into(),
        operator: operator.into(),
        values: values.iter().map(|&value| value.to_owned()).collect(),
    };
    let claim = |spec: Value, status: Value| {
        object(json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "spec": spec, "status": status}))
    };
    let plain = claim(json!({}), json!({}));
    let changing = claim(
        json!({"volumeAttributesClassName": "gold"}),
        json!({
            "currentVolumeAttributesClassName": "silver",
            "modifyVolumeStatus": {"targetVolumeAttributesClassName": "bronze"},
        }),
    );
    for (operator, values, of_plain, of_changing) in [
        ("In", &["gold"][..], false, true),
        ("In", &["silver"], false, true),
        ("In", &["bronze"], false, true),
        ("In", &["iron"], false, false),
        ("NotIn", &["gold"], true, true),
        ("NotIn", &["gold", "silver", "bronze"], true, false),
        ("Exists", &[], false, true),
        ("DoesNotExist", &[], true, false),
    ] {
        let requirement = requirement(operator, values);
        assert_eq!(matches_scope(&plain, &requirement), of_plain, "{operator} {values:?}");
        assert_eq!(matches_scope(&changing, &requirement), of_changing, "{operator} {values:?}");
    }
}
