//! `kubectl drain-safe export`: what is written can be applied to a cluster that has lost it.

use serde_json::{Value, json};
use support::cluster;

use crate::plan::stage::{Stage, plugin};

#[test]
fn what_was_exported_can_be_applied_again() {
    let stage = Stage::three();
    stage.pod("tool", "n1", json!({"labels": {"app": "tool"}}), json!({}));
    stage.deployment("web", None, 2, json!({}));
    stage.budget("web", "web", json!({"maxUnavailable": 1}));
    let environment = plugin();
    let folder = environment.home().join("export");
    let to = folder.display().to_string();
    let output = environment.run("kubectl", ["drain-safe", "export", "--to", &to, "-o", "json"]).exits(0);
    assert_eq!(output.stderr, "");
    let export = output.json();
    let of_namespace = |item: &&Value| item["namespace"] == stage.namespace.as_str();
    let items: Vec<_> = export["items"].as_array().expect("items").iter().filter(of_namespace).collect();
    let named: Vec<_> =
        items.iter().map(|item| format!("{}/{}", item["kind"], item["name"]).replace('"', "")).collect();
    assert_eq!(named, ["Deployment/web", "Pod/tool", "PodDisruptionBudget/web"]);
    let output = environment.run("kubectl", ["drain-safe", "export", "--to", &to]).exits(1);
    let expected = format!("error: {to} is not empty\nhint: name a new directory with --to\n");
    assert_eq!((output.stdout, output.stderr), (String::new(), expected));
    let pods = format!("/api/v1/namespaces/{}/pods/tool", stage.namespace);
    cluster().api().delete(&format!("{pods}?gracePeriodSeconds=0")).expect("a deletion");
    cluster().api().wait_until_gone(&pods).expect("a pod that is gone");
    for item in items {
        let file = folder.join(item["file"].as_str().expect("a file")).display().to_string();
        environment.run("kubectl", ["apply", "--server-side", "--force-conflicts", "-f", &file]).success();
    }
    let pod = stage.wait_for_pod("tool", "a Running pod", |pod| pod["status"]["phase"] == "Running");
    assert_eq!(pod["metadata"]["labels"]["app"], "tool");
}
