//! Pods that no user made: those of a DaemonSet and of a node's own manifests in `kube-system`. Quotas count them like any other.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{cpu, on_nodes_of, pod, template, workload},
    support::{add_nodes, administrator, create, enforced_quota, pods},
};

const SYSTEM: &str = "kube-system";

/// So long the controllers may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// A pod as a kubelet mirrors one of its node's manifests.
fn mirror_pod(node: &str) -> Value {
    let uid =
        cluster().api().get(&format!("/api/v1/nodes/{node}")).expect("the node")["metadata"]["uid"].clone();
    let mut mirror = pod(SYSTEM, &format!("etcd-{node}"), &cpu("100m"));
    mirror["metadata"]["annotations"] =
        json!({"kubernetes.io/config.mirror": "1", "kubernetes.io/config.source": "file"});
    mirror["metadata"]["ownerReferences"] =
        json!([{"apiVersion": "v1", "kind": "Node", "name": node, "uid": uid, "controller": true}]);
    mirror["spec"]["nodeName"] = json!(node);
    mirror
}

#[test]
fn mirrored_pods_and_those_of_daemon_sets_count() {
    let namespace = fresh_namespace("system");
    add_nodes(&namespace, 1);
    let node = format!("{namespace}-1");
    enforced_quota(SYSTEM, &namespace, &json!({"pods": "1k", "requests.cpu": "1k"}));
    let agents = on_nodes_of(&namespace, template(&namespace, &cpu("50m")));
    create(&workload("DaemonSet", SYSTEM, &namespace, 0, agents));
    pods(SYSTEM, &namespace, 1);
    create(&mirror_pod(&node));

    let env = administrator();
    let deadline = Instant::now() + PATIENCE;
    loop {
        let output = env.run("kubectl", ["quota", "verify", &namespace, "-n", SYSTEM]);
        if output.status == Some(0) {
            assert_eq!(
                (output.stdout.as_str(), output.stderr.as_str()),
                ("", "2 amounts recounted: no drift\n")
            );
            break;
        }
        assert!(Instant::now() < deadline, "{output}");
    }
    let who = env.run("kubectl", ["quota", "who", &namespace, "-n", SYSTEM, "-o", "json"]).exits(0).json();
    let holders: Vec<_> = who["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|one| (one["resource"].clone(), one["owner"].clone(), one["used"]["quantity"].clone()))
        .collect();
    let daemons = json!({"kind": "DaemonSet", "name": namespace});
    let mirrored = json!({"kind": "Node", "name": node});
    let row = |resource: &str, owner: &Value, used: &str| (json!(resource), owner.clone(), json!(used));
    for expected in [
        row("pods", &daemons, "1"),
        row("pods", &mirrored, "1"),
        row("requests.cpu", &daemons, "50m"),
        row("requests.cpu", &mirrored, "100m"),
    ] {
        assert!(holders.contains(&expected), "{expected:?} in {holders:?}");
    }
    let path = |group: &str, plural: &str, name: &str| format!("{group}/namespaces/{SYSTEM}/{plural}/{name}");
    for path in [
        path("/apis/apps/v1", "daemonsets", &namespace),
        path("/api/v1", "pods", &format!("etcd-{node}")),
        path("/api/v1", "resourcequotas", &namespace),
    ] {
        cluster().api().delete(&path).expect("a deletion");
    }
}
