//! `kubectl drain-safe doctor` and `kubectl drain-safe rbac`.

use cluster::Rule;
use serde_json::{Value, json};
use support::cluster;

use crate::plan::stage::{Stage, plugin};

#[test]
fn every_node_is_judged_by_itself_and_every_obstacle_named_once() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    stage.budget("web", "web", json!({"minAvailable": 2}));
    stage.pod("tool", "n2", json!({}), json!({}));
    stage.wait_for_pod("tool", "a Running pod", |pod| pod["status"]["phase"] == "Running");
    let output = stage.run("doctor -o json").exits(3);
    let report = output.json();
    let nodes = report["nodes"].as_array().expect("nodes");
    let drainable: Vec<_> = nodes.iter().map(|node| (&node["name"], &node["drainable"])).collect();
    assert_eq!(
        drainable,
        [(&json!("n1"), &json!("no")), (&json!("n2"), &json!("no")), (&json!("n3"), &json!("yes"))]
    );
    assert_eq!(
        nodes[1]["pods"],
        json!([{"namespace": stage.namespace, "name": "tool", "code": "NoController"}])
    );
    let rules: Vec<_> =
        report["findings"].as_array().expect("findings").iter().map(|one| one["rule"].clone()).collect();
    assert_eq!(rules, ["deadlocked-budget", "bare-pod"]);
    let output = stage.run("doctor --force").exits(3);
    assert!(output.stdout.starts_with("NODE   DRAINABLE   PODS IN THE WAY\nn1     no "), "{output}");
    assert_eq!(output.stderr, "");
}

#[test]
fn the_printed_role_is_enough_for_a_plan() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    stage.budget("web", "web", json!({"maxUnavailable": 1}));
    let output = stage.run("rbac plan").exits(0);
    assert_eq!(output.stderr, "");
    let role: Value = serde_yaml::from_str(&output.stdout).expect("YAML");
    assert_eq!(role["metadata"]["name"], "kubectl-drain-safe-plan");
    let words = |value: &Value| -> Vec<String> {
        value.as_array().expect("a list").iter().map(|one| one.as_str().expect("a word").to_owned()).collect()
    };
    let rules: Vec<_> = role["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| {
            let (groups, resources, verbs) =
                (words(&rule["apiGroups"]), words(&rule["resources"]), words(&rule["verbs"]));
            let names = |all: &[String]| all.iter().map(|one| one.clone().leak() as &str).collect::<Vec<_>>();
            Rule::of(&groups[0], &names(&resources), &names(&verbs))
        })
        .collect();
    cluster().grant("reader", None, &rules).expect("rights");
    let kubeconfig = cluster().user("reader", &[]).expect("a user");
    let output =
        plugin().kubeconfig(kubeconfig).run("kubectl", ["drain-safe", "plan", "n1", "-o", "json"]).exits(0);
    assert_eq!((output.stderr.as_str(), &output.json()["skipped"]), ("", &json!([])));
}
