//! `list -o wide` and `-o json`: labels, the quota that is nearest to its limit, and what holds a namespace that is deleted.

use serde_json::{Value, json};
use support::{TestEnv, cluster, executable, fresh_namespace};

use crate::support::{NS_SWITCH, on_cluster, run};

fn item(stdout: &str, name: &str) -> Value {
    let document: Value = serde_json::from_str(stdout).unwrap();
    let items = document["items"].as_array().unwrap();
    items.iter().find(|item| item["name"] == name).cloned().unwrap()
}

#[test]
fn the_quota_that_is_nearest_to_its_limit_is_shown() {
    let name = fresh_namespace("pressed");
    let quota = json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "team", "namespace": name},
        "spec": {"hard": {"configmaps": "2", "secrets": "10"}},
    });
    cluster().api().create(&quota).unwrap();
    let path = format!("/api/v1/namespaces/{name}");
    cluster().api().merge_patch(&path, &json!({"metadata": {"labels": {"team": "shop"}}})).unwrap();
    let counted = |one: &Value| one["status"]["used"]["configmaps"] == "1";
    cluster().api().wait_for(&format!("{path}/resourcequotas/team"), "counted", counted).unwrap();
    let env = on_cluster();
    let (status, stdout, stderr) = run(&env, &["list", "-o", "wide"]);
    assert_eq!((status, stderr.contains("can't")), (0, false), "{stderr}");
    assert!(
        stdout.lines().next().unwrap().ends_with("QUOTA                  LABELS")
            || stdout.lines().next().unwrap().contains("QUOTA"),
        "{stdout}"
    );
    let row = stdout.lines().find(|line| line.contains(&name)).unwrap();
    let words: Vec<_> = row.split_whitespace().collect();
    assert_eq!(words[..2], [name.as_str(), "Active"]);
    assert_eq!(words[3..], ["configmaps", "1/2", "(50%)", "team=shop"], "{row}");
    let (_, narrow, _) = run(&env, &["list"]);
    assert!(!narrow.contains("QUOTA") && !narrow.contains("team=shop"), "{narrow}");
    let (_, stdout, _) = run(&env, &["list", "-o", "json"]);
    let found = item(&stdout, &name);
    assert_eq!(found["labels"], json!({"team": "shop"}));
    let pressure =
        json!({"quota": "team", "resource": "configmaps", "used": "1", "hard": "2", "percent": 50});
    assert_eq!(found["quota"], pressure);
}

#[test]
fn what_holds_a_namespace_is_told_in_the_controllers_words() {
    let name = fresh_namespace("stuck");
    let held = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "held", "namespace": name, "finalizers": ["example.com/held"]}});
    cluster().api().create(&held).unwrap();
    let path = format!("/api/v1/namespaces/{name}");
    cluster().api().delete(&path).unwrap();
    let told = |one: &Value| {
        let conditions = one["status"]["conditions"].as_array().cloned().unwrap_or_default();
        conditions.iter().any(|one| one["type"] == "NamespaceFinalizersRemaining" && one["status"] == "True")
    };
    cluster().api().wait_for(&path, "what holds it", told).unwrap();
    let env = on_cluster();
    let (status, stdout, stderr) = run(&env, &["list"]);
    assert_eq!(status, 0);
    assert!(stdout.lines().any(|line| line.contains(&name) && line.contains("Terminating")), "{stdout}");
    let line = stderr
        .lines()
        .find(|line| line.starts_with(&format!("{name} is being deleted since ")))
        .unwrap_or_default();
    assert!(line.contains("Some resources are remaining: configmaps. has 1 resource instances"), "{stderr}");
    assert!(line.contains("example.com/held in 1 resource instances"), "{stderr}");
    let (_, stdout, _) = run(&env, &["list", "-o", "json"]);
    let found = item(&stdout, &name);
    assert!(found["deleted"].is_string() && found["holding"].as_array().unwrap().len() >= 2, "{found}");
    let finalizer = json!({"metadata": {"finalizers": null}});
    cluster().api().merge_patch(&format!("{path}/configmaps/held"), &finalizer).unwrap();
}

#[test]
fn quotas_that_may_not_be_listed_are_no_failure() {
    let kubeconfig = cluster().user("lists-namespaces", &[]).unwrap();
    cluster().grant("lists-namespaces", None, &[cluster::Rule::core(&["namespaces"], &["list"])]).unwrap();
    let env = TestEnv::new().program(executable(NS_SWITCH)).kubeconfig(kubeconfig);
    let (status, stdout, stderr) = run(&env, &["list", "-o", "wide"]);
    assert_eq!(status, 0);
    assert!(stdout.contains("kube-system"), "{stdout}");
    assert!(
        stderr.starts_with("Warning: can't list quotas, so none is shown: resourcequotas is forbidden"),
        "{stderr}"
    );
}
