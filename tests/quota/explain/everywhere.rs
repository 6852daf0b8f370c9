//! `explain -A`: what is stuck in any namespace.

use cluster::Rule;
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use super::{ask, workload};
use crate::{
    objects::{cpu, list},
    support::{administrator, create, enforced_quota, pods, told, user, without_cluster},
};

/// A namespace in which a Deployment lacks a pod.
fn stuck_namespace() -> String {
    let namespace = fresh_namespace("everywhere");
    enforced_quota(&namespace, "few", &json!({"pods": "1"}));
    create(&workload("Deployment", &namespace, "web", 2, &cpu("1m")));
    pods(&namespace, "web", 1);
    told(&namespace, "ReplicaSet", "exceeded quota: few");
    namespace
}

fn namespaces_of(told: &Value) -> Vec<&str> {
    let items = told["items"].as_array().expect("items");
    items.iter().filter_map(|one| one["subject"]["namespace"].as_str()).collect()
}

#[test]
fn each_namespace_is_explained_as_by_itself() {
    let (first, second) = (stuck_namespace(), stuck_namespace());
    let calm = fresh_namespace("everywhere");
    create(&workload("Deployment", &calm, "web", 1, &cpu("1m")));
    pods(&calm, "web", 1);
    let env = administrator();
    let all = env.run("kubectl", ["quota", "explain", "-A", "-o", "json"]).exits(3).json();
    assert_eq!(all["kind"], "ExplanationList");
    let found = namespaces_of(&all);
    assert!(found.contains(&first.as_str()) && found.contains(&second.as_str()), "{found:?}");
    assert!(!found.contains(&calm.as_str()), "{found:?}");
    let alone = ask(&env, &second, &["-o", "json"]).exits(3).json();
    let of_second = |told: &Value| {
        let items = told["items"].as_array().expect("items").iter();
        let of = items.filter(|one| one["subject"]["namespace"] == second.as_str());
        let told = of.map(|one| (one["summary"].clone(), one["refusals"].clone(), one["fix"].clone()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(of_second(&all), of_second(&alone));
    let text = env.run("kubectl", ["quota", "explain", "-A"]).exits(3).stdout;
    assert!(text.contains(&format!("Namespace {first}\nDeployment web (ReplicaSet web-")), "{text}");

    // Who may not look everywhere gets one namespace, and is told so.
    let name = format!("{first}-user");
    let read = ["get", "list"];
    let rules = [
        Rule::core(&["pods", "events", "resourcequotas", "limitranges", "replicationcontrollers"], &read),
        Rule::of("apps", &["deployments", "replicasets", "statefulsets", "daemonsets"], &read),
        Rule::of("batch", &["jobs", "cronjobs"], &read),
        Rule::of("autoscaling", &["horizontalpodautoscalers"], &read),
    ];
    cluster().grant(&name, Some(&first), &rules).expect("a grant");
    let one = user(&name).run("kubectl", ["quota", "explain", "-A", "-n", &first]).exits(3);
    assert!(one.stderr.contains("can't list deployments.apps in all namespaces"), "{one}");
    assert!(one.stderr.contains(&format!("only namespace {first} is looked at\n")), "{one}");
    assert!(one.stdout.starts_with(&format!("Namespace {first}\nDeployment web ")), "{one}");
}

#[test]
fn all_namespaces_of_a_dump_whatever_namespace_is_in_effect() {
    let env = without_cluster();
    let set = |namespace: &str| {
        json!({
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "web", "namespace": namespace},
            "spec": {"replicas": 1, "selector": {"matchLabels": {"a": "b"}}, "template": {
                "metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "app", "image": "app"}]},
            }},
        })
    };
    let quota = |namespace: &str| {
        json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "few", "namespace": namespace},
            "spec": {"hard": {"pods": "0"}}, "status": {"hard": {"pods": "0"}, "used": {"pods": "0"}},
        })
    };
    let objects = ["one", "two"].map(|namespace| [set(namespace), quota(namespace)]).concat();
    env.file("dump.json", list(&objects).to_string());
    let words = ["explain", "-A", "-n", "one", "--from", "dump.json", "-o", "json"];
    let told = env.run("kubectl-quota", words).exits(3).json();
    assert_eq!(namespaces_of(&told), ["one", "two"]);
    let both = env.run("kubectl-quota", ["explain", "-A", "deploy/web"]).exits(2);
    assert!(both.stderr.contains("cannot be used with"), "{both}");
}
