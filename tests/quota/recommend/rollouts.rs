//! What was recommended is applied, and then every Deployment is rolled out at once.

use cluster::{NodeSpec, kubelet};
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::objects::{self, on_nodes_of, template, with_grace};
use crate::support::{administrator, wait_for_status};

/// A workload on the node of its namespace. `labels` and `annotations` tell the kubelet how its pods behave.
fn workload(namespace: &str, kind: &str, name: &str, replicas: u8, pod: (&Value, &Value)) -> Value {
    let (labels, annotations) = pod;
    let mut pods = with_grace(template(name, &json!({"cpu": "300m", "memory": "100Mi"})), 1);
    pods["metadata"] = json!({"labels": labels, "annotations": annotations});
    pods["metadata"]["labels"]["app"] = json!(name);
    objects::workload(kind, namespace, name, replicas.into(), on_nodes_of(namespace, pods))
}

fn wait_until_rolled_out(namespace: &str, kind: &str, name: &str, replicas: u8, generation: u64) {
    let path = format!("/apis/apps/v1/namespaces/{namespace}/{kind}/{name}");
    let done = cluster().api().wait_for(&path, "all pods replaced", |object| {
        let status = &object["status"];
        let generation = status["observedGeneration"].as_u64().is_some_and(|seen| seen >= generation);
        generation
            && ["replicas", "updatedReplicas", "readyReplicas"].iter().all(|field| status[*field] == replicas)
    });
    done.unwrap_or_else(|error| panic!("{kind}/{name}: {error}"));
}

/// Applies what is recommended with these flags, restarts everything, and returns how many pods were refused.
fn refused_while_all_restart(pod: (&Value, &Value), flags: &[&str]) -> usize {
    let namespace = fresh_namespace("advice");
    let node = NodeSpec::new(&namespace)
        .label("for", &namespace)
        .taint("for", &namespace, "NoSchedule")
        .capacity("cpu", "100");
    cluster().add_node(&node).expect("a node");
    let api = cluster().api();
    let deployments = [("one", 1), ("three", 3), ("ten", 10)];
    for (name, replicas) in deployments {
        let mut object = workload(&namespace, "Deployment", name, replicas, pod);
        if name == "three" {
            object["spec"]["template"]["spec"]["containers"][0]["resources"] = json!({});
        }
        api.create(&object).expect("a Deployment");
    }
    api.create(&workload(&namespace, "StatefulSet", "two", 2, pod)).expect("a StatefulSet");
    for (name, replicas) in deployments {
        wait_until_rolled_out(&namespace, "deployments", name, replicas, 1);
    }
    wait_until_rolled_out(&namespace, "statefulsets", "two", 2, 1);

    let env = administrator();
    let arguments = [&["quota", "recommend", "-n", &namespace], flags].concat();
    let advice = env.run("kubectl", arguments).success();
    assert_eq!(advice.stderr, "");
    env.command("kubectl", ["apply", "-f", "-"]).stdin(advice.stdout).run().success();
    // Until it has counted, the quota refuses nothing and the test would prove nothing.
    wait_for_status(&namespace, "quota", |status| status["used"]["pods"] == "16");

    let start = cluster().audit_log().expect("an audit log").position().expect("a position");
    env.run("kubectl", ["rollout", "restart", "-n", &namespace, "deployments,statefulsets"]).success();
    for (name, replicas) in deployments {
        wait_until_rolled_out(&namespace, "deployments", name, replicas, 2);
    }
    wait_until_rolled_out(&namespace, "statefulsets", "two", 2, 2);
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    let requests = cluster().audit_log().expect("an audit log").since(start).expect("requests");
    let created = |by: &str, status: u64| {
        let all = requests.iter().filter(|one| one.verb == "create" && one.uri.starts_with(&pods));
        all.filter(|one| {
            one.stage == "ResponseComplete"
                && one.status == status
                && one.user.ends_with(by)
                && !one.uri.contains("/binding")
        })
        .count()
    };
    assert_eq!(created(":replicaset-controller", 201), 14, "every pod was made anew");
    // kwok deletes pods by name where a kubelet names their uid, and now and then once more: it then hits the next pod
    // of that name, which a StatefulSet has, and that one is made once more, too.
    assert!(created(":statefulset-controller", 201) >= 2, "every pod was made anew");
    created("-controller", 403)
}

#[test]
fn all_rollouts_at_once_complete_and_nothing_is_refused() {
    let slow = (json!({kubelet::START: kubelet::SLOW}), json!({kubelet::READY_AFTER: "700ms"}));
    assert_eq!(refused_while_all_restart((&slow.0, &slow.1), &[]), 0);
}

#[test]
fn with_room_for_all_that_terminate_slow_ends_are_no_trouble() {
    let graceful = (json!({kubelet::DELETION: kubelet::GRACEFUL}), json!({}));
    assert_eq!(refused_while_all_restart((&graceful.0, &graceful.1), &["--terminating", "all"]), 0);
}
