//! Advice that other controllers leave alone, from dumps.

use serde_json::{Value, json};
use support::TestEnv;

use crate::objects::{autoscaler, list};
use crate::support::without_cluster;

fn owned(mut object: Value, kind: &str, name: &str) -> Value {
    object["metadata"]["ownerReferences"] =
        json!([{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": "u", "controller": true}]);
    object
}

fn pod(name: &str, set: (&str, &str), phase: &str) -> Value {
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "team"},
        "spec": {"containers": [{"name": "app", "image": "app"}]}, "status": {"phase": phase},
    });
    owned(pod, set.0, set.1)
}

/// A workload that wants more pods than there are, with its ReplicaSet if it is a Deployment.
fn workload(kind: &str, name: &str, replicas: usize) -> Vec<Value> {
    let of = |kind: &str, name: &str| {
        json!({
            "apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, "namespace": "team"},
            "spec": {
                "replicas": replicas, "selector": {"matchLabels": {"app": "app"}},
                "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app", "image": "app"}]}},
            },
        })
    };
    match kind {
        "Deployment" => vec![of(kind, name), owned(of("ReplicaSet", &format!("{name}-1")), kind, name)],
        _ => vec![of(kind, name)],
    }
}

fn quota(resource: &str, hard: &str) -> Value {
    let hard = json!({resource: hard});
    json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q", "namespace": "team"},
        "spec": {"hard": hard}, "status": {"hard": hard, "used": hard},
    })
}

fn event(kind: &str, name: &str, message: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Event", "metadata": {"name": format!("event-of-{name}"), "namespace": "team"},
        "involvedObject": {"kind": kind, "name": name}, "reason": "FailedCreate", "message": message,
        "lastTimestamp": "2026-01-01T00:00:00Z", "count": 3,
    })
}

fn with_dump(objects: &[Value]) -> TestEnv {
    let env = without_cluster();
    let quiet = event("Pod", "nothing", "nothing");
    env.file("dump.yaml", list(&[objects, &[quiet]].concat()).to_string());
    env
}

fn explain(objects: &[Value], target: &str) -> Value {
    let arguments = ["explain", target, "-n", "team", "--from", "dump.yaml", "-o", "json"];
    let output = with_dump(objects).run("kubectl-quota", arguments).exits(3);
    assert_eq!(output.stderr, "");
    output.json()
}

fn raise(resource: &str, hard: &str) -> String {
    format!(
        "kubectl patch resourcequota q -n team --type merge -p '{{\"spec\":{{\"hard\":{{\"{resource}\":\"{hard}\"}}}}}}'"
    )
}

#[test]
fn an_autoscaled_workload_is_limited_by_its_autoscaler() {
    let mut objects = workload("Deployment", "api", 3);
    objects.extend((0..2).map(|number| pod(&format!("api-1-{number}"), ("ReplicaSet", "api-1"), "Running")));
    let mut scaler = autoscaler("team", "api", "api", 5);
    scaler["spec"]["minReplicas"] = json!(3);
    objects.extend([quota("pods", "2"), scaler]);
    let limit = "kubectl patch horizontalpodautoscaler api -n team --type merge -p '{\"spec\":{\"maxReplicas\":2,\"minReplicas\":2}}'";
    assert_eq!(explain(&objects, "deploy/api")["fix"], json!([raise("pods", "3"), limit]));
}

#[test]
fn a_minimum_above_the_replicas_is_about_to_be_wanted() {
    for (kind, controller) in [("Deployment", "api-1"), ("StatefulSet", "api")] {
        let mut objects = workload(kind, "api", 1);
        let set = if kind == "Deployment" { "ReplicaSet" } else { "StatefulSet" };
        objects.push(pod("api-0", (set, controller), "Running"));
        let mut scaler = autoscaler("team", "api", "api", 5);
        scaler["spec"]["minReplicas"] = json!(3);
        scaler["spec"]["scaleTargetRef"]["kind"] = json!(kind);
        objects.extend([quota("pods", "1"), scaler]);
        let told = explain(&objects, &format!("{kind}/api"));
        let missing = &told["missing"][0];
        assert_eq!((&missing["wanted"], &missing["present"]), (&json!(3), &json!(1)), "{told:#}");
        let limit = "kubectl patch horizontalpodautoscaler api -n team --type merge -p '{\"spec\":{\"maxReplicas\":1,\"minReplicas\":1}}'";
        assert_eq!(told["fix"], json!([raise("pods", "3"), limit]));
        let sentence = format!(
            "a HorizontalPodAutoscaler of {}/api demands 3 replicas at least: it scales it up from 1",
            kind.to_lowercase()
        );
        assert!(told["notes"].as_array().is_some_and(|notes| notes.contains(&json!(sentence))), "{told:#}");

        // Without the autoscaler nothing is missing.
        objects.pop();
        let env = with_dump(&objects);
        env.run("kubectl-quota", ["explain", &format!("{kind}/api"), "-n", "team", "--from", "dump.yaml"])
            .exits(0);
    }
}

#[test]
fn others_keep_a_pod_and_what_an_operator_or_an_autoscaler_sets() {
    let mut objects = workload("Deployment", "web", 1);
    objects.push(quota("pods", "6"));
    for (name, pods) in [("alone", 1), ("free", 2), ("scaled", 2), ("managed", 1)] {
        let set = workload("StatefulSet", name, pods).remove(0);
        objects.push(if name == "managed" { owned(set, "Postgres", "main") } else { set });
        objects.extend(
            (0..pods).map(|number| pod(&format!("{name}-{number}"), ("StatefulSet", name), "Running")),
        );
    }
    let mut scaler = autoscaler("team", "scaled", "scaled", 5);
    scaler["spec"]["scaleTargetRef"]["kind"] = json!("StatefulSet");
    objects.push(scaler);
    let told = explain(&objects, "deploy/web");
    let scale = "kubectl scale statefulset free -n team --replicas=1";
    assert_eq!(told["fix"], json!([raise("pods", "7"), scale]));
    let holders = told["holders"].as_array().expect("holders");
    assert!(
        holders.iter().any(|one| one["owner"] == json!({"kind": "Postgres", "name": "main"})),
        "{told:#}"
    );
}

#[test]
fn finished_pods_of_its_own_are_told_apart_and_deleted_first() {
    let mut objects = workload("Deployment", "web", 2);
    objects.extend([
        pod("a-job-pod", ("Job", "a"), "Succeeded"),
        pod("web-1-a", ("ReplicaSet", "web-1"), "Running"),
        pod("web-1-b", ("ReplicaSet", "web-1"), "Failed"),
        quota("count/pods", "3"),
    ]);
    let told = explain(&objects, "deploy/web");
    let fixes: Vec<&str> = told["fix"].as_array().expect("fixes").iter().filter_map(Value::as_str).collect();
    assert!(fixes.contains(&"kubectl delete pods web-1-b -n team"), "{told:#}");
    let web = told["holders"].as_array().expect("holders").iter().filter(|one| one["owner"]["name"] == "web");
    assert_eq!(
        web.map(|one| (&one["finished"], &one["objects"])).collect::<Vec<_>>(),
        [(&json!(false), &json!(1)), (&json!(true), &json!(1)),]
    );
}

#[test]
fn a_stateful_set_with_a_gap_is_not_scaled_onto_a_missing_pod() {
    let mut objects = workload("StatefulSet", "db", 3);
    objects.extend([0, 2].map(|number| pod(&format!("db-{number}"), ("StatefulSet", "db"), "Running")));
    objects.push(quota("pods", "2"));
    assert_eq!(explain(&objects, "sts/db")["fix"], json!([raise("pods", "3")]));
}

#[test]
fn a_pasted_pod_costs_its_own_workload_no_pod() {
    let mut objects = workload("Deployment", "web", 6);
    objects.extend((0..5).map(|number| pod(&format!("web-1-{number}"), ("ReplicaSet", "web-1"), "Running")));
    objects.push(quota("pods", "5"));
    let env = with_dump(&objects);
    let text = "Error creating: pods \"web-1-gr6nq\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=5, limited: pods=5";
    let arguments = ["explain", "-", "-n", "team", "--from", "dump.yaml", "-o", "json"];
    let told = env.command("kubectl-quota", arguments).stdin(text.to_owned()).run().exits(3).json();
    let scale = "kubectl scale deployment web -n team --replicas=5";
    assert_eq!(told["fix"], json!([raise("pods", "6"), scale]));
}

#[test]
fn another_rule_comes_first_and_quotas_second() {
    let mut objects = workload("Deployment", "web", 4);
    objects.push(json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q", "namespace": "team"},
        "spec": {"hard": {"pods": "3"}}, "status": {"hard": {"pods": "3"}, "used": {"pods": "0"}},
    }));
    objects.push(pod("other", ("Job", "x"), "Succeeded"));
    let refusal = "pods \"web-1-x\" is forbidden: error looking up service account team/app: serviceaccount \"app\" not found";
    objects.push(event("ReplicaSet", "web-1", &format!("Error creating: {refusal}")));
    let told = explain(&objects, "deploy/web");
    assert_eq!((&told["state"], &told["missing"][0]["admitted"]), (&json!("Elsewhere"), &json!(0)));
    assert_eq!(told["refusals"][0]["message"], refusal);
    assert_eq!(told["refusals"][1]["quota"], "q");
    let both = format!("kubectl create serviceaccount app -n team && {}", raise("pods", "4"));
    assert_eq!(told["fix"], json!([both]));
}

#[test]
fn amounts_of_a_text_are_used_where_its_quota_is_not_there() {
    let env = with_dump(&[quota("pods", "5")]);
    let text = "pods \"p\" is forbidden: exceeded quota: team-wide, requested: requests.memory=2Gi, used: requests.memory=7Gi, limited: requests.memory=8Gi.";
    let arguments = ["explain", "-", "-n", "team", "--from", "dump.yaml", "-o", "json"];
    let told = env.command("kubectl-quota", arguments).stdin(text.to_owned()).run().json();
    assert_eq!(
        (&told["state"], &told["refusals"][0]["short"]["quantity"]),
        (&json!("Unknown"), &json!("1Gi"))
    );
    assert_eq!(told["notes"][1], "the amounts are those in the text, as of then");
}
