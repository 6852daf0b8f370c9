//! `fits` and `rollout` without a name: each workload of a namespace or the cluster is answered as it is alone.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::support::{administrator, enforced_quota, user, wait_for_status};

fn workload(namespace: &str, kind: &str, name: &str, cpu: &str) -> Value {
    let mut object = json!({
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": "app", "image": "app", "resources": {"requests": {"cpu": cpu}}}]},
            },
        },
    });
    if kind == "StatefulSet" {
        object["spec"]["serviceName"] = name.into();
    }
    object
}

/// A namespace with 1 of 2 CPUs left: a small Deployment, a StatefulSet that takes half of what is left, and a Deployment
/// whose update needs more than that.
fn namespace() -> String {
    let namespace = fresh_namespace("all");
    enforced_quota(&namespace, "few", &json!({"requests.cpu": "4"}));
    for (kind, name, cpu) in
        [("Deployment", "big", "2"), ("StatefulSet", "db", "500m"), ("Deployment", "web", "250m")]
    {
        cluster().api().create(&workload(&namespace, kind, name, cpu)).expect("a workload");
    }
    wait_for_status(&namespace, "few", |status| status["used"]["requests.cpu"] == "2750m");
    namespace
}

fn document(env: &TestEnv, words: &[&str], status: i32) -> Value {
    env.run("kubectl", [&["quota"], words, &["-o", "json"]].concat()).exits(status).json()
}

#[test]
fn each_workload_of_a_namespace_has_the_answer_that_it_has_alone() {
    let namespace = namespace();
    let env = administrator();
    for (command, kind, status) in [("fits", "FitsList", 0), ("rollout", "RolloutList", 3)] {
        let all = document(&env, &[command, "-n", &namespace], status);
        assert_eq!((&all["kind"], &all["skipped"]), (&json!(kind), &json!([])));
        let items = all["items"].as_array().expect("items");
        let names: Vec<_> =
            items.iter().map(|item| item["workload"]["name"].as_str().unwrap_or("-")).collect();
        assert_eq!(names, ["big", "web", "db"]);
        for (item, typed) in items.iter().zip(["deploy/big", "deploy/web", "sts/db"]) {
            let status = if item["verdict"] == "Deadlocks" { 3 } else { 0 };
            let alone = document(&env, &[command, typed, "-n", &namespace], status);
            let mut alone = alone.as_object().expect("a document").clone();
            // Said once for all.
            assert_eq!(alone.remove("skipped"), Some(json!([])), "{command} {typed}");
            alone.retain(|key, _| key != "apiVersion" && key != "kind");
            assert_eq!(*item, Value::Object(alone), "{command} {typed}");
        }
    }
    let output = env.run("kubectl", ["quota", "fits", "-n", &namespace]).exits(0);
    let bound = "requests.cpu of few";
    let rows = format!(
        "{namespace}      Deployment    big    1      0      {bound}\n\
         {namespace}      Deployment    web    1      5      {bound}\n\
         {namespace}      StatefulSet   db     1      2      {bound}\n"
    );
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(squeezed(&output.stdout).contains(&squeezed(&rows)), "{output}");
    assert!(output.stdout.contains("\nDeployment big\n  pods \"big-"), "{output}");
    let output = env.run("kubectl", ["quota", "rollout", "-n", &namespace]).exits(3);
    assert!(output.stdout.contains("\nDeployment big\n  "), "{output}");
    assert!(output.stdout.contains("  to let it complete:\n    kubectl patch "), "{output}");
}

#[test]
fn all_namespaces_and_dumps_have_the_same_answers() {
    let namespace = namespace();
    let env = administrator();
    let of_namespace = |document: &Value| -> Vec<Value> {
        let items = document["items"].as_array().expect("items").clone();
        items.into_iter().filter(|item| item["workload"]["namespace"] == *namespace).collect()
    };
    let alone = of_namespace(&document(&env, &["fits", "-n", &namespace], 0));
    assert_eq!(alone.len(), 3);
    let everywhere = env.run("kubectl", ["quota", "fits", "-A", "-o", "json"]);
    assert_eq!(of_namespace(&everywhere.json()), alone);
    let kinds =
        "resourcequotas,limitranges,deployments,statefulsets,replicasets,pods,namespaces,serviceaccounts";
    let dump = env.run("kubectl", ["get", kinds, "-n", &namespace, "-o", "json"]).exits(0).stdout;
    env.file("dump.json", dump);
    let of_dump = document(&env, &["fits", "-n", &namespace, "--from", "dump.json"], 0);
    let fits = |items: &[Value]| items.iter().map(|item| item["fits"].clone()).collect::<Vec<_>>();
    assert_eq!(fits(&of_namespace(&of_dump)), fits(&alone));
}

#[test]
fn what_may_not_be_listed_is_said() {
    let namespace = namespace();
    let env = user("capacity-nobody");
    let output = env.run("kubectl", ["quota", "fits", "-n", &namespace, "-o", "json"]).exits(4);
    let document = output.json();
    assert_eq!(document["items"], json!([]));
    assert!(document["skipped"].as_array().is_some_and(|skipped| skipped.len() > 3), "{output}");
    assert!(output.stderr.contains("deployments"), "{output}");
}
