//! Refusals that only events tell of: of objects that operators create, and of others under the same quota.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use super::{ask, explain, workload};
use crate::objects::cpu;
use crate::support::{administrator, create, enforced_quota, follow, pods, told, wait_for_status};

/// Creates the event of a controller that is not Kubernetes' own.
fn event(namespace: &str, about: &str, message: &str) {
    create(&json!({
        "apiVersion": "v1", "kind": "Event", "metadata": {"name": format!("event-of-{about}"), "namespace": namespace},
        "involvedObject": {"apiVersion": "v1", "kind": "ConfigMap", "name": about, "namespace": namespace},
        "type": "Warning", "reason": "BuildFailed", "message": message,
    }));
}

#[test]
fn what_an_operator_is_refused_is_told_by_its_events() {
    let namespace = fresh_namespace("operators");
    let env = administrator();
    enforced_quota(&namespace, "compute", &json!({"pods": "0"}));
    create(
        &json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "build", "namespace": namespace}}),
    );
    let refusal = "pods \"build-1\" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=0, limited: pods=0";
    event(&namespace, "build", &format!("the build did not start: {refusal}"));
    // Whoever could not read something was refused nothing, and what is gone waits for nothing.
    event(&namespace, "gone", &format!("the build did not start: {refusal}"));
    let reading = "pods is forbidden: User \"robot\" cannot list resource \"pods\" in API group \"\" in the namespace \"team\"";
    create(
        &json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "reader", "namespace": namespace}}),
    );
    event(&namespace, "reader", reading);

    let told = ask(&env, &namespace, &["-o", "json"]).exits(3).json();
    let items = told["items"].as_array().expect("items");
    assert_eq!(items.len(), 1, "{told:#}");
    let subject = json!({"kind": "ConfigMap", "namespace": namespace, "name": "build"});
    assert_eq!((&items[0]["subject"], &items[0]["state"]), (&subject, &json!("Refused")));
    assert_eq!(items[0]["summary"], json!("ConfigMap build: pods build-1: would be refused again now"));
    let raise = format!(
        "kubectl patch resourcequota compute -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"pods\":\"1\"}}}}}}'"
    );
    assert_eq!(items[0]["fix"], json!([raise]));
    follow(&env, &raise);
    wait_for_status(&namespace, "compute", |status| status["hard"]["pods"] == "1");
    let output = ask(&env, &namespace, &[]).exits(0);
    assert_eq!(output.stdout, "", "{output}");
}

#[test]
fn a_refusal_by_another_rule_is_told_once() {
    let namespace = fresh_namespace("operators");
    let env = administrator();
    let labels = json!({"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}});
    cluster().api().merge_patch(&format!("/api/v1/namespaces/{namespace}"), &labels).expect("labels");
    enforced_quota(&namespace, "compute", &json!({"pods": "0"}));
    create(&workload("Deployment", &namespace, "web", 1, &cpu("1m")));
    told(&namespace, "ReplicaSet", "violates PodSecurity");
    let told = explain(&env, &namespace, "deploy/web", 3);
    let refusals = told["refusals"].as_array().expect("refusals");
    let is_security = |row: &&Value| row["message"].to_string().contains("violates PodSecurity");
    assert_eq!(refusals.iter().filter(is_security).count(), 1, "{told:#}");
}

#[test]
fn others_that_wait_for_the_same_quota_are_named() {
    let namespace = fresh_namespace("operators");
    let env = administrator();
    enforced_quota(&namespace, "compute", &json!({"pods": "1"}));
    create(&workload("Deployment", &namespace, "first", 1, &cpu("1m")));
    pods(&namespace, "first", 1);
    wait_for_status(&namespace, "compute", |status| status["used"]["pods"] == "1");
    create(&workload("StatefulSet", &namespace, "other", 1, &cpu("1m")));
    told(&namespace, "StatefulSet", "exceeded quota: compute");
    create(&workload("Deployment", &namespace, "web", 1, &cpu("1m")));
    told(&namespace, "ReplicaSet", "exceeded quota: compute");
    let told = explain(&env, &namespace, "deploy/web", 3);
    let notes = told["notes"].to_string();
    assert!(
        notes.contains(
            "quota compute refused others, too, and they may get what is freed first: StatefulSet other ("
        ),
        "{told:#}"
    );
    assert!(!notes.contains("ReplicaSet web-"), "{told:#}");
}
