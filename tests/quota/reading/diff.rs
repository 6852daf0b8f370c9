//! `kubectl quota diff`: two dumps.

use serde_json::{Value, json};

use crate::{objects::list, support::without_cluster};

fn quota(namespace: &str, hard: &Value, used: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "compute", "namespace": namespace},
        "spec": {"hard": hard}, "status": {"hard": hard, "used": used},
    })
}

#[test]
fn what_differs_is_shown_with_the_difference() {
    let env = without_cluster();
    let old = [
        quota(
            "shop",
            &json!({"requests.cpu": "4", "pods": "10", "services": "3"}),
            &json!({"requests.cpu": "1500m", "pods": "3", "services": "1"}),
        ),
        quota("gone", &json!({"pods": "5"}), &json!({"pods": "5"})),
    ];
    let new = [quota(
        "shop",
        &json!({"requests.cpu": "6", "pods": "10", "secrets": "9"}),
        &json!({"requests.cpu": "2", "pods": "1", "services": "1"}),
    )];
    env.file("old.yaml", list(&old).to_string());
    env.file("new.yaml", list(&new).to_string());
    let output = env.run("kubectl-quota", ["diff", "old.yaml", "new.yaml"]).success();
    let expected = "\
NAMESPACE   QUOTA     RESOURCE       USED         USED CHANGE   HARD     HARD CHANGE
gone        compute   pods           5 -> -                     5 -> -
shop        compute   pods           3 -> 1       -2            10
shop        compute   requests.cpu   1500m -> 2   +500m         4 -> 6   +2
shop        compute   secrets        - -> ?                     - -> 9
shop        compute   services       1 -> -                     3 -> -
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (expected, ""));
    let report = env
        .run("kubectl-quota", ["diff", "old.yaml", "new.yaml", "-o", "json", "-n", "shop"])
        .success()
        .json();
    assert_eq!(report["kind"], "UsageDiff");
    let amounts = |hard: &str, used: &str, decimal: &str| {
        json!({
            "hard": {"quantity": hard, "decimal": hard}, "used": {"quantity": used, "decimal": decimal},
        })
    };
    assert_eq!(
        report["items"][1],
        json!({
            "namespace": "shop", "quota": "compute", "resource": "requests.cpu",
            "before": amounts("4", "1500m", "1.5"), "after": amounts("6", "2", "2"),
            "usedChange": {"quantity": "500m", "decimal": "0.5"}, "hardChange": {"quantity": "2", "decimal": "2"},
        })
    );
    assert_eq!(report["items"][2]["before"], Value::Null);
    let csv = env.run("kubectl-quota", ["diff", "old.yaml", "new.yaml", "-o", "csv"]).success();
    let expected = "\
NAMESPACE,QUOTA,RESOURCE,USED BEFORE,USED AFTER,USED CHANGE,HARD BEFORE,HARD AFTER,HARD CHANGE
gone,compute,pods,5,,,5,,
shop,compute,pods,3,1,-2,10,10,
shop,compute,requests.cpu,1.5,2,0.5,4,6,2
shop,compute,secrets,,?,,,9,
shop,compute,services,1,,,3,,
";
    assert_eq!(csv.stdout, expected);
    let same = env.run("kubectl-quota", ["diff", "old.yaml", "old.yaml"]).success();
    assert_eq!((same.stdout.as_str(), same.stderr.as_str()), ("", "Nothing changed\n"));
    let all = env.run("kubectl-quota", ["diff", "old.yaml", "old.yaml", "--all", "--no-headers"]).success();
    assert_eq!(all.stdout.lines().count(), 4, "{all}");
}

#[test]
fn dumps_that_make_no_sense_are_errors() {
    let env = without_cluster();
    env.file("old.json", r#"{"kind": "ResourceQuotaList", "items": [{"metadata""#);
    env.file("pods.yaml", "kind: Pod\napiVersion: v1\nmetadata: {name: p}\n");
    let refused =
        |old: &str, status: i32| env.run("kubectl-quota", ["diff", old, "pods.yaml"]).exits(status).stderr;
    assert!(
        refused("old.json", 1).starts_with("error: old.json ends in the middle of document 1 (line 1)\n")
    );
    assert!(refused("pods.yaml", 1).starts_with("error: no ResourceQuota in pods.yaml: it holds 1 Pod\n"));
    assert!(refused("nowhere", 1).starts_with("error: nowhere does not exist\n"));
    let both = env.run("kubectl-quota", ["diff", "-", "-"]).exits(2);
    assert!(both.stderr.starts_with("error: standard input can be read once only\n"), "{both}");
}
