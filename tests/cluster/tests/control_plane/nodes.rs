//! Nodes have what they were given, and the scheduler believes them.

use cluster::{NodeSpec, kubelet};
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

fn node(name: &str) -> Value {
    cluster().api().get(&format!("/api/v1/nodes/{name}")).expect("a node")
}

/// A pod that only fits a node with the label `test=NAME`.
fn pod(namespace: &str, name: &str, cpu: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "nodeSelector": {"test": namespace},
            "containers": [{"name": "app", "image": "example/app:1", "resources": {"requests": {"cpu": cpu}}}],
        },
    })
}

#[test]
fn a_node_has_what_it_was_given() {
    let spec = NodeSpec::new("described")
        .capacity("cpu", "8")
        .capacity("nvidia.com/gpu", "2")
        .zone("eu-west-1b")
        .label("pool", "gpu")
        .annotation("note", "text")
        .taint("gpu", "only", "NoSchedule")
        .kubelet_version("v1.35.2")
        .unschedulable();
    cluster().add_node(&spec).unwrap();
    let node = node("described");
    assert_eq!(node["metadata"]["labels"]["topology.kubernetes.io/zone"], "eu-west-1b");
    assert_eq!(node["metadata"]["labels"]["pool"], "gpu");
    assert_eq!(node["metadata"]["annotations"]["note"], "text");
    assert_eq!(node["status"]["nodeInfo"]["kubeletVersion"], "v1.35.2");
    for field in ["capacity", "allocatable"] {
        let expected = json!({
            "cpu": "8", "memory": "16Gi", "ephemeral-storage": "100Gi", "pods": "110", "nvidia.com/gpu": "2",
        });
        assert_eq!(node["status"][field], expected);
    }
    let taints: Vec<_> = node["spec"]["taints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|taint| taint["key"].as_str().unwrap())
        .collect();
    assert_eq!(taints, ["gpu", "node.kubernetes.io/unschedulable"]);
    assert_eq!(node["spec"]["unschedulable"], true);
}

#[test]
fn the_scheduler_fills_a_node_and_no_more() {
    let namespace = fresh_namespace("full");
    cluster().add_node(&NodeSpec::new("small").capacity("cpu", "1").label("test", &namespace)).unwrap();
    for name in ["first", "second"] {
        cluster().api().create(&pod(&namespace, name, "600m")).unwrap();
    }
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    // The scheduler may learn of the node after it looked at a pod, which it first finds no node for then.
    cluster()
        .api()
        .wait(&pods, "", "one pod running and one refused for want of processor", |pods| {
            let running = pods.iter().filter(|pod| pod["status"]["phase"] == "Running").count();
            let refused =
                |status: &str| status.contains("Unschedulable") && status.contains("Insufficient cpu");
            let refused = pods.iter().filter(|pod| refused(&pod["status"].to_string())).count();
            (running, refused) == (1, 1)
        })
        .unwrap();
}

#[test]
fn a_node_can_stop_being_ready_and_recover() {
    let ready = |expected: bool| {
        move |node: &Value| {
            let tainted = node["spec"]["taints"].to_string().contains("node.kubernetes.io/not-ready");
            cluster::api::is_true(node, "Ready") == expected && tainted != expected
        }
    };
    cluster().add_node(&NodeSpec::new("ailing").not_ready()).unwrap();
    assert!(ready(false)(&node("ailing")));
    let path = "/api/v1/nodes/ailing";
    let label = |value: Value| json!({"metadata": {"labels": {(kubelet::NODE_NOT_READY): value}}});
    cluster().api().merge_patch(path, &label(Value::Null)).unwrap();
    cluster().api().wait_for(path, "a Ready node", ready(true)).unwrap();
    cluster().api().merge_patch(path, &label(json!("true"))).unwrap();
    let sick = cluster().api().wait_for(path, "a node that is not Ready", ready(false)).unwrap();
    assert!(sick["status"]["conditions"].to_string().contains("container runtime network not ready"));
}

#[test]
fn pods_of_one_node_are_spread_over_addresses() {
    let namespace = fresh_namespace("addresses");
    cluster().add_node(&NodeSpec::new("addressed").label("test", &namespace)).unwrap();
    for number in 0..10 {
        cluster().api().create(&pod(&namespace, &format!("p{number}"), "10m")).unwrap();
    }
    let pods = cluster().api().wait_for_ready_pods(&namespace, "", 10).unwrap();
    let addresses: std::collections::BTreeSet<_> =
        pods.iter().map(|pod| pod["status"]["podIP"].as_str().unwrap()).collect();
    assert_eq!(addresses.len(), 10);
}
