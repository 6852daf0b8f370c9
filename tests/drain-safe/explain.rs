//! `kubectl drain-safe explain`.

use serde_json::{Value, json};
use support::cluster;

use crate::plan::stage::Stage;

#[test]
fn a_pod_is_explained_with_what_each_node_says() {
    let stage = Stage::three();
    let here = json!({"topology.kubernetes.io/zone": "eu-a"});
    stage.deployment("db", None, 1, json!({"spec": {"nodeSelector": here}}));
    stage.budget("db", "db", json!({"minAvailable": 1}));
    let path = format!("/api/v1/namespaces/{}/pods", stage.namespace);
    let pods = cluster().api().get(&path).expect("pods");
    let name = pods["items"][0]["metadata"]["name"].as_str().expect("a name").to_owned();
    let line = format!("explain {name} -n {}", stage.namespace);
    let output = stage.run(&format!("{line} -o json")).exits(3);
    let explanation = output.json();
    assert_eq!(explanation["kind"], "PodExplanation");
    assert_eq!(explanation["pod"], json!({"namespace": stage.namespace, "name": name}));
    let elsewhere = "node(s) didn't match Pod's node affinity/selector";
    assert_eq!(
        explanation["nodes"],
        json!([
            {"name": "n1", "fits": "no", "reason": "node(s) were unschedulable"},
            {"name": "n2", "fits": "no", "reason": elsewhere},
            {"name": "n3", "fits": "no", "reason": elsewhere},
        ])
    );
    let output = stage.run(&line).exits(3);
    let expected = format!(
        "{}/{name}
  It keeps its node from being drained.
  BudgetStructural: budget db needs 1 healthy pods and has 1 of 1 (minAvailable 1), so that it never opens (fix: kubectl scale deployment/db -n {} --replicas=2)
  NoPlace: 0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector.
  OnlyReplica: Deployment db has no other replica
  Budget db allows 0 disruptions now: 1 of 1 pods are healthy, 1 must be.
  Its replacement has no place.

NODE   FITS   REASON
n1     no     node(s) were unschedulable
n2     no     node(s) didn't match Pod's node affinity/selector
n3     no     node(s) didn't match Pod's node affinity/selector
",
        stage.namespace, stage.namespace
    );
    assert_eq!((output.stdout, output.stderr), (expected, String::new()));
}

#[test]
fn a_pod_that_is_not_there_or_waits_is_no_answer() {
    let stage = Stage::three();
    let output = stage.run(&format!("explain none -n {}", stage.namespace)).exits(1);
    let expected = format!("error: pods \"none\" not found\nhint: is it in namespace {}?\n", stage.namespace);
    assert_eq!((output.stdout, output.stderr), (String::new(), expected));
    let huge = json!([{"name": "app", "image": "app", "resources": {"requests": {"cpu": "99"}}}]);
    stage.create(
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "big"}, "spec": {"containers": huge}}),
    );
    stage.wait_for_pod("big", "a pod that waits", |pod: &Value| !pod["status"]["conditions"].is_null());
    let output = stage.run(&format!("explain big -n {}", stage.namespace)).exits(1);
    assert_eq!(output.stderr, "error: pod big waits for a node: no drain concerns it\n");
}
