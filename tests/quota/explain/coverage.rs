//! Less than everything may be read, or a dump is all there is.

use cluster::Rule;
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use super::{ask, workload};
use crate::support::{administrator, create, enforced_quota, pods, told, user, wait_for_status};

/// A namespace with a Deployment of which one pod is refused.
fn stuck() -> String {
    let namespace = fresh_namespace("explain");
    enforced_quota(&namespace, "few", &json!({"pods": "1"}));
    create(&workload("Deployment", &namespace, "web", 2, &json!({"cpu": "1m"})));
    pods(&namespace, "web", 1);
    told(&namespace, "ReplicaSet", "exceeded quota: few");
    // The controller tells first, and writes the condition with the next status of the ReplicaSet.
    let sets = format!("/apis/apps/v1/namespaces/{namespace}/replicasets");
    let failed = |set: &Value| {
        let conditions = set["status"]["conditions"].as_array();
        conditions.is_some_and(|all| all.iter().any(|one| one["type"] == "ReplicaFailure"))
    };
    cluster()
        .api()
        .wait(&sets, "", "a failed ReplicaSet", |sets| sets.iter().any(failed))
        .expect("a condition");
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "1");
    namespace
}

#[test]
fn what_may_not_be_read_is_named_and_the_rest_is_told() {
    let namespace = stuck();
    let grant = |user: &str, rules: &[Rule]| cluster().grant(user, Some(&namespace), rules).expect("a grant");
    let workloads = || Rule::of("apps", &["deployments", "replicasets", "statefulsets"], &["get", "list"]);
    // Quotas, but no events and no pods: what is refused is known, who holds it and what was said is not.
    let blind = user("explain-blind");
    grant("explain-blind", &[workloads(), Rule::core(&["resourcequotas", "limitranges"], &["list"])]);
    let output = ask(&blind, &namespace, &["deploy/web", "-o", "json"]).exits(3);
    let report = output.json();
    assert_eq!((&report["state"], &report["holders"]), (&json!("Refused"), &json!([])));
    assert_eq!(report["refusals"][0]["free"]["quantity"], json!("0"));
    for resource in ["pods", "events"] {
        assert_eq!(
            output.stderr.matches(&format!("Warning: can't list {resource} in namespace")).count(),
            1,
            "{output}"
        );
    }
    // No quotas, but events: the controller's words are all there is.
    let deaf = user("explain-deaf");
    grant("explain-deaf", &[workloads(), Rule::core(&["events", "pods"], &["list"])]);
    let output = ask(&deaf, &namespace, &["deploy/web", "-o", "json"]).exits(4);
    let report = output.json();
    assert_eq!((&report["state"], &report["fix"]), (&json!("Unknown"), &json!([])));
    assert!(report["told"][0].as_str().expect("words").contains("exceeded quota: few"), "{report:#}");
    // Neither: the condition that the ReplicaSet keeps is all there is, and its numbers are of old.
    let stranger = user("explain-stranger");
    grant("explain-stranger", &[workloads()]);
    let report = ask(&stranger, &namespace, &["deploy/web", "-o", "json"]).exits(4).json();
    let words = report["told"][0].as_str().expect("words");
    assert!(
        words.starts_with("since 20") && words.contains(", in a condition of ReplicaSet web-"),
        "{words}"
    );
    // A StatefulSet keeps no such condition: to this user nobody told of anything.
    create(&workload("StatefulSet", &namespace, "db", 1, &json!({"cpu": "1m"})));
    told(&namespace, "StatefulSet", "exceeded quota: few");
    let output = ask(&stranger, &namespace, &["statefulset/db"]).exits(6);
    assert_eq!(output.stdout, "");
    let sentence = format!(
        "error: neither the workloads and rules of namespace {namespace} nor any failure event can be read\n"
    );
    assert!(output.stderr.contains(&sentence), "{output}");
    // The whole of a namespace of which nothing may be listed.
    let output = ask(&stranger, "default", &[]).exits(6);
    assert_eq!(output.stdout, "");
    assert!(
        output.stderr.contains(
            "error: neither the workloads and rules of namespace default nor any failure event can be read"
        ),
        "{output}"
    );
    // Not even the workload.
    let output = ask(&user("explain-nobody"), &namespace, &["deploy/web"]).exits(6);
    assert!(
        output.stderr.starts_with("Error from server (Forbidden): deployments.apps \"web\" is forbidden"),
        "{output}"
    );
}

#[test]
fn a_dump_tells_the_same() {
    let namespace = stuck();
    let env = administrator();
    let kinds = "resourcequotas,limitranges,deployments,replicasets,pods,events";
    let dump = env.run("kubectl", ["get", kinds, "-n", &namespace, "-o", "yaml"]).success().stdout;
    let live = ask(&env, &namespace, &["deploy/web", "-o", "json"]).exits(3).json();
    let file = env.file("dump.yaml", &dump);
    let file = file.to_str().expect("a path");
    let dumped = ask(&env, &namespace, &["deploy/web", "-o", "json", "--from", file]).exits(3).json();
    for field in ["subject", "state", "summary", "missing", "refusals", "holders", "fix"] {
        assert_eq!(dumped[field], live[field], "{field}");
    }
    let all = env
        .command("kubectl", ["quota", "explain", "-n", &namespace, "--from", "-", "-o", "json"])
        .stdin(dump)
        .run()
        .exits(3)
        .json();
    let names: Vec<&Value> =
        all["items"].as_array().expect("items").iter().map(|one| &one["subject"]["name"]).collect();
    assert_eq!(names, [&json!("web")]);
    let quotas = env
        .run("kubectl", ["get", "resourcequotas,deployments,replicasets", "-n", &namespace, "-o", "yaml"])
        .success();
    let file = env.file("less.yaml", quotas.stdout);
    let output = ask(&env, &namespace, &["deploy/web", "--from", file.to_str().expect("a path")]).exits(3);
    assert!(output.stderr.contains("Warning: can't read events in namespace"), "{output}");
    let missing = ask(&env, &namespace, &["deploy/nope", "--from", file.to_str().expect("a path")]).exits(1);
    assert_eq!(missing.stderr, format!("error: no Deployment `nope` in namespace {namespace} of the dump\n"));
}

#[test]
fn names_that_cannot_be_are_not_asked_for() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    let output = ask(&env, &namespace, &["deploy/we%2Fb?x"]).exits(2);
    assert_eq!(output.stderr, "error: invalid resource name \"we%2Fb?x\": [may not contain '%']\n");
    let output = ask(&env, &namespace, &["service/web"]).exits(2);
    assert!(output.stderr.starts_with("error: `service` is not a workload type\n"), "{output}");
}

#[test]
fn all_namespaces_of_a_dump_are_explained_unless_one_is_named() {
    let env = crate::support::without_cluster();
    let full = |namespace: &str| {
        let mut quota = crate::objects::quota(namespace, "q", &json!({"pods": "1"}));
        quota["status"] = json!({"hard": {"pods": "1"}, "used": {"pods": "1"}});
        let mut set = crate::objects::workload(
            "ReplicaSet",
            namespace,
            "web",
            2,
            crate::objects::template("web", &json!({})),
        );
        set["status"] = json!({"replicas": 1, "observedGeneration": 1});
        [quota, set]
    };
    let dump = [full("pay"), full("shop")].concat();
    env.file("dump.json", crate::objects::list(&dump).to_string());
    let explained =
        env.run(crate::support::QUOTA, ["explain", "--from", "dump.json", "-o", "json"]).exits(3).json();
    let namespaces: Vec<_> = explained["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|one| &one["subject"]["namespace"])
        .collect();
    assert_eq!(namespaces, ["pay", "shop"]);
    let text = env.run(crate::support::QUOTA, ["explain", "--from", "dump.json"]).exits(3).stdout;
    let headings: Vec<_> = text.lines().filter(|line| line.starts_with("Namespace ")).collect();
    assert_eq!(headings, ["Namespace pay", "Namespace shop"]);
    let one = env.run(crate::support::QUOTA, ["explain", "-n", "pay", "--from", "dump.json"]).exits(3).stdout;
    assert!(one.starts_with("ReplicaSet web: 1 of 2 pods are missing"), "{one}");
}

#[test]
fn namespaces_of_a_dump_that_have_only_events_are_explained_too() {
    let env = crate::support::without_cluster();
    let event = |namespace: &str, reason: &str, message: &str| {
        json!({
            "apiVersion": "v1", "kind": "Event", "metadata": {"name": "e", "namespace": namespace}, "type": "Warning",
            "involvedObject": {"apiVersion": "example.com/v1", "kind": "Database", "name": "db", "namespace": namespace},
            "reason": reason, "message": message, "count": 1, "lastTimestamp": "2026-01-01T00:00:00Z",
        })
    };
    let mut quota = crate::objects::quota("shop", "q", &json!({"pods": "1"}));
    quota["status"] = json!({"hard": {"pods": "1"}, "used": {"pods": "1"}});
    let refusal =
        "pods \"db-0\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1";
    let dump = [quota, event("shop", "Broken", refusal), event("idle", "BackOff", "restarting a container")];
    env.file("dump.json", crate::objects::list(&dump).to_string());
    let output = env.run(crate::support::QUOTA, ["explain", "--from", "dump.json", "-o", "json"]).exits(3);
    let explained = output.json();
    let items = explained["items"].as_array().expect("items");
    assert_eq!(items.len(), 1, "{output}");
    assert_eq!(items[0]["subject"], json!({"kind": "Database", "namespace": "shop", "name": "db"}));
    let told = items[0]["told"][0].as_str().expect("a message");
    assert!(told.ends_with(&format!("ago, Database db: {refusal}")), "{told}");
}
