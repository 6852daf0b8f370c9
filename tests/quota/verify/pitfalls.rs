//! What is easily counted wrongly: scopes, ports of nodes, extended resources, mixed units.

use serde_json::{Value, json};

use super::output::{containers, recounted_under, shaped};
use crate::objects::service;

fn recounted(resource: &str, objects: &[Value]) -> Value {
    recounted_under(&json!({}), resource, objects)
}

fn scoped(scope: &str, resource: &str, objects: &[Value]) -> Value {
    recounted_under(&json!({"scopes": [scope]}), resource, objects)
}

/// A container with these requests.
fn requesting(requests: &Value) -> Value {
    json!({"containers": [{"name": "app", "resources": {"requests": requests}}]})
}

#[test]
fn extended_resources_of_a_finished_pod_are_free() {
    let mut pod = shaped("p", &requesting(&json!({"example.com/dongle": "3"})));
    assert_eq!(recounted("requests.example.com/dongle", std::slice::from_ref(&pod)), "3");
    pod["status"] = json!({"phase": "Failed"});
    assert_eq!(recounted("requests.example.com/dongle", std::slice::from_ref(&pod)), "0");
    assert_eq!(recounted("count/pods", &[pod]), "1");
}

#[test]
fn pods_without_cpu_and_memory_are_best_effort() {
    let pods = [
        shaped("gpu", &requesting(&json!({"example.com/gpu": "1"}))),
        shaped("zero", &requesting(&json!({"cpu": "0"}))),
        shaped("cpu", &requesting(&json!({"cpu": "1"}))),
    ];
    assert_eq!(scoped("BestEffort", "pods", &pods), "2");
    assert_eq!(scoped("NotBestEffort", "pods", &pods), "1");
}

#[test]
fn a_deadline_of_the_pod_makes_it_terminating() {
    let mut short = requesting(&json!({"cpu": "1"}));
    short["activeDeadlineSeconds"] = json!(60);
    let pods = [shaped("short", &short), shaped("long", &requesting(&json!({"cpu": "2"})))];
    assert_eq!(scoped("Terminating", "requests.cpu", &pods), "1");
    assert_eq!(scoped("NotTerminating", "requests.cpu", &pods), "2");
}

#[test]
fn an_affinity_to_any_namespace_crosses_namespaces() {
    let with = |term: Value| {
        let mut spec = requesting(&json!({"cpu": "1"}));
        let mut whole = json!({"topologyKey": "zone", "labelSelector": {}});
        for (key, value) in term.as_object().expect("a term") {
            whole[key] = value.clone();
        }
        spec["affinity"] =
            json!({"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [whole]}});
        spec
    };
    let pods = [
        shaped("any", &with(json!({"namespaceSelector": {}}))),
        shaped("own", &with(json!({"namespaces": ["shop"]}))),
        shaped("none", &with(json!({}))),
    ];
    assert_eq!(scoped("CrossNamespacePodAffinity", "pods", &pods), "2");
}

#[test]
fn scopes_exclude_everything_but_pods() {
    let deployment = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d", "namespace": "shop"}});
    let objects = [deployment, shaped("p", &json!({"containers": containers(&["1"])}))];
    assert_eq!(recounted("count/deployments.apps", &objects), "1");
    assert_eq!(scoped("NotTerminating", "count/deployments.apps", &objects), "0");
    assert_eq!(scoped("NotTerminating", "count/pods", &objects), "1");
}

#[test]
fn ports_of_nodes_are_counted_by_intent() {
    let with = |name: &str, kind: &str, ports: Value, allocates: bool| {
        let mut service = service("shop", name, kind);
        service["spec"]["ports"] = ports;
        if !allocates {
            service["spec"]["allocateLoadBalancerNodePorts"] = json!(false);
        }
        service
    };
    let four = json!([{"port": 1}, {"port": 2}, {"port": 3}, {"port": 4}]);
    let two = json!([{"port": 1}, {"port": 2}]);
    let named = json!([{"port": 1, "nodePort": 30001}, {"port": 2}]);
    for (service, ports, balancers) in [
        (with("a", "NodePort", four, true), "4", "0"),
        (with("b", "LoadBalancer", two.clone(), true), "2", "1"),
        (with("c", "LoadBalancer", named, false), "1", "1"),
        (with("d", "ClusterIP", two, true), "0", "0"),
    ] {
        assert_eq!(recounted("services.nodeports", std::slice::from_ref(&service)), ports);
        assert_eq!(recounted("services.loadbalancers", std::slice::from_ref(&service)), balancers);
        assert_eq!(recounted("services", &[service]), "1");
    }
}

#[test]
fn units_mix_and_storage_is_whole() {
    let decimal = |objects: &[Value], resource: &str| recounted(resource, objects);
    let pods = [
        shaped("a", &requesting(&json!({"memory": "512Mi"}))),
        shaped("b", &requesting(&json!({"memory": "500M"}))),
    ];
    assert_eq!(decimal(&pods, "requests.memory"), "1036870912");
    let claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "c", "namespace": "shop"},
        "spec": {"storageClassName": "gold", "resources": {"requests": {"storage": "1500m"}}},
    });
    assert_eq!(decimal(std::slice::from_ref(&claim), "requests.storage"), "2");
    assert_eq!(
        decimal(std::slice::from_ref(&claim), "gold.storageclass.storage.k8s.io/persistentvolumeclaims"),
        "1"
    );
    assert_eq!(decimal(&[claim], "silver.storageclass.storage.k8s.io/requests.storage"), "0");
}

#[test]
fn a_quota_counts_itself() {
    assert_eq!(recounted("resourcequotas", &[]), "1");
}
