//! `check --subresource resize` of pods that are bound to a node: what the node would say is named as not checked.

use serde_json::{Value, json};
use support::{Output, TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{list, pod},
    support::{add_nodes, administrator, server_version, without_cluster},
};

/// A pod that runs, bound to a node where one is named, whose kubelet can resize it.
fn running(namespace: &str, name: &str, node: Option<&str>) -> Value {
    let api = cluster().api();
    let mut bound = pod(namespace, name, &json!({"cpu": "100m"}));
    bound["spec"]["schedulerName"] = json!("nobody");
    bound["spec"]["nodeName"] = node.map_or(Value::Null, |node| json!(node));
    bound["spec"]["tolerations"] = json!([{"operator": "Exists"}]);
    api.create(&bound).expect("a pod");
    let path = format!("/api/v1/namespaces/{namespace}/pods/{name}");
    if node.is_some() {
        let runs = |pod: &Value| pod["status"]["phase"] == "Running";
        api.wait_for(&path, "a pod that runs", runs).expect("a pod that runs");
    }
    let status = json!({
        "name": "app", "image": "app", "imageID": "app", "ready": true, "restartCount": 0,
        "state": {"running": {"startedAt": null}}, "resources": {"requests": {"cpu": "100m"}},
    });
    let status = json!({"status": {"containerStatuses": [status]}});
    let mut live = api.merge_patch(&format!("{path}/status"), &status).expect("a report of the kubelet");
    (live["apiVersion"], live["kind"]) = (json!("v1"), json!("Pod"));
    live
}

/// The manifest of a pod that asks for so much.
fn resized(live: &Value, cpu: &str) -> Value {
    let mut next = live.clone();
    for field in ["managedFields", "resourceVersion", "uid", "creationTimestamp"] {
        next["metadata"].as_object_mut().expect("metadata").remove(field);
    }
    next.as_object_mut().expect("a pod").remove("status");
    next["spec"]["containers"][0]["resources"]["requests"]["cpu"] = json!(cpu);
    next
}

fn check(env: &TestEnv, program: &str, words: &[&str], manifest: &Value, status: i32) -> Output {
    let start: &[&str] = if program == "kubectl" { &["quota"] } else { &[] };
    let arguments = [start, &["check", "--subresource", "resize", "-f", "-"], words].concat();
    env.command(program, arguments).stdin(manifest.to_string()).run().exits(status)
}

#[test]
fn what_the_node_of_a_pod_says_to_its_resize_is_named_as_not_checked() {
    let namespace = fresh_namespace("resize-nodes");
    add_nodes(&namespace, 1);
    let node = format!("{namespace}-1");
    let bound = running(&namespace, "bound", Some(&node));
    let alone = running(&namespace, "alone", None);
    let line = format!("whether nodes allow the resizes of their pods: {node}");

    // Here it does not: it has not as much.
    let larger = resized(&bound, "5000");
    let mut request = bound.clone();
    request["spec"] = larger["spec"].clone();
    request["metadata"]["managedFields"] = Value::Null;
    let path = format!("/api/v1/namespaces/{namespace}/pods/bound/resize?dryRun=All");
    let answer = cluster().api().request("PUT", &path, None, Some(&request)).expect("an answer");
    assert_eq!(answer.status, 403, "{}", answer.body);

    let env = administrator();
    let live =
        |words: &[&str], manifest: &Value, status: i32| check(&env, "kubectl", words, manifest, status);
    let output = live(&[], &larger, 0);
    assert!(output.stdout.ends_with(&format!("\n\nNot checked:\n  {line}\n")), "{output}");
    assert_eq!(output.stderr, "");
    let report = live(&["-o", "json"], &larger, 0).json();
    assert_eq!(
        (&report["objects"][0]["verdict"], &report["unchecked"]),
        (&json!("Admitted"), &json!([line]))
    );
    live(&["--strict"], &larger, 3);
    // One that changes no resources, and a pod without a node, ask none.
    for manifest in [resized(&bound, "100m"), resized(&alone, "5000")] {
        assert_eq!(live(&["-o", "json", "--strict"], &manifest, 0).json()["unchecked"], json!([]));
    }

    // A dump names it first, before what it lacks.
    let space = cluster().api().get(&format!("/api/v1/namespaces/{namespace}")).expect("the namespace");
    let dump = without_cluster();
    dump.file("dump.json", list(&[space, bound.clone(), alone.clone()]).to_string());
    let version = server_version();
    let of_dump = |words: &[&str], manifest: &Value, status: i32| {
        let words = [&["--from", "dump.json", "--k8s", &version], words].concat();
        check(&dump, crate::support::QUOTA, &words, manifest, status)
    };
    let output = of_dump(&[], &larger, 0);
    assert!(output.stdout.contains(&format!("\n\nNot checked:\n  {line}\n")), "{output}");
    let unchecked = |manifest: &Value| of_dump(&["-o", "json"], manifest, 0).json()["unchecked"].clone();
    assert_eq!(unchecked(&larger)[0], json!(line));
    assert!(!unchecked(&resized(&alone, "5000")).to_string().contains("whether nodes"), "{output}");
    of_dump(&["--strict"], &larger, 3);
}
