//! What was refused and would be admitted now, what waits for something else, and what is not stuck at all.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use super::{ask, explain, released, template, workload};
use crate::support::{administrator, create, enforced_quota, follow, on_a_node, pods, told};

#[test]
fn freed_quota_wakes_nobody_but_the_printed_command_does() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "few", &json!({"pods": "1"}));
    let mut pod = template("first", &json!({"cpu": "1m"}));
    pod["apiVersion"] = json!("v1");
    pod["kind"] = json!("Pod");
    pod["metadata"]["name"] = json!("first");
    pod["metadata"]["namespace"] = json!(namespace);
    create(&pod);
    create(&workload("ReplicaSet", &namespace, "web", 1, &json!({"cpu": "1m"})));
    // After nine different events the tenth is gathered: many failures, so that the next wait is long.
    let event = told(&namespace, "ReplicaSet", "(combined from similar events): Error creating: ");
    assert_eq!(event["reason"], "FailedCreate");
    let refused = explain(&env, &namespace, "rs/web", 3);
    assert_eq!(refused["holders"][0]["owner"], json!({"kind": "Pod", "name": "first"}));
    assert!(refused["retry"]["failures"].as_u64().expect("a count") >= 10, "{refused:#}");
    assert!(refused["told"][0].as_str().expect("words").contains("ReplicaSet web: "), "{refused:#}");
    let delete = format!("kubectl delete pod first -n {namespace}");
    assert!(refused["fix"].as_array().expect("fixes").contains(&json!(delete)), "{refused:#}");

    // The deletion is done through the API, so that nothing but time has passed for the controller.
    follow(&env, &format!("{delete} --now"));
    released(&namespace, "few", "web");
    let output = ask(&env, &namespace, &["rs/web", "-o", "json"]);
    let now = output.json();
    // The controller may have been faster than the question: then nothing is missing.
    if now["state"] == "Admissible" {
        assert_eq!(output.status, Some(0), "{output}");
        assert_eq!(now["summary"], json!("ReplicaSet web: its pod is missing: would be admitted now"));
        assert_eq!((&now["refusals"], &now["fix"]), (&json!([]), &json!([])));
        follow(&env, now["retry"]["command"].as_str().expect("a command"));
    }
    pods(&namespace, "web", 1);
}

/// A Deployment whose rollout has no room.
#[test]
fn a_rollout_that_is_stuck_gets_through_with_more_care() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "few", &json!({"pods": "2"}));
    let web = workload("Deployment", &namespace, "web", 2, &json!({"cpu": "1m"}));
    create(&on_a_node(&namespace, web));
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    let ready = |web: &Value| web["status"]["readyReplicas"] == 2;
    cluster().api().wait_for(&path, "ready pods", ready).expect("in time");
    let update = json!({"spec": {"template": {"metadata": {"annotations": {"version": "2"}}}}});
    cluster().api().merge_patch(&path, &update).expect("an update");
    told(&namespace, "ReplicaSet", "exceeded quota: few");

    let explained = explain(&env, &namespace, "deploy/web", 3);
    let fixes: Vec<_> =
        explained["fix"].as_array().expect("fixes").iter().filter_map(Value::as_str).collect();
    let strategy = "{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":1},\"type\":\"RollingUpdate\"}}}";
    assert_eq!(
        fixes,
        [
            format!(
                "kubectl patch resourcequota few -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"pods\":\"3\"}}}}}}'"
            ),
            format!("kubectl patch deployment web -n {namespace} --type merge -p '{strategy}'"),
        ]
    );
    follow(&env, fixes[1]);
    let done = |web: &Value| {
        web["status"]["updatedReplicas"] == 2
            && web["status"]["readyReplicas"] == 2
            && web["status"]["replicas"] == 2
    };
    cluster().api().wait_for(&path, "two new pods", done).expect("in time");
}

#[test]
fn a_pod_that_waits_for_a_node_is_the_schedulers_matter() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    let mut web = workload("ReplicaSet", &namespace, "web", 1, &json!({"cpu": "1m"}));
    web["spec"]["template"]["spec"]["nodeSelector"] = json!({"for": "nobody"});
    create(&web);
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let unscheduled = |pod: &Value| {
        pod["status"]["conditions"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one["reason"] == "Unschedulable"))
    };
    let seen = cluster()
        .api()
        .wait(&path, "", "an unscheduled pod", |pods| pods.iter().any(unscheduled))
        .expect("a pod");
    let name = seen[0]["metadata"]["name"].as_str().expect("a name");
    let start = format!("Pod {name} was admitted but is Pending (not a quota problem): ");
    for target in ["rs/web".to_owned(), format!("pod/{name}")] {
        let explained = explain(&env, &namespace, &target, 0);
        assert_eq!(explained["state"], json!("Complete"));
        let note = explained["notes"][0].as_str().expect("a note");
        assert!(note.starts_with(&start), "{note}");
    }
    let all = ask(&env, &namespace, &[]).success();
    assert_eq!(
        (all.stdout.as_str(), all.stderr),
        ("", format!("Nothing is stuck in namespace {namespace}\n"))
    );
}

#[test]
fn what_something_else_refuses_is_named() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "wide", &json!({"pods": "10"}));
    let mut web = workload("ReplicaSet", &namespace, "web", 1, &json!({"cpu": "1m"}));
    web["spec"]["template"]["spec"]["serviceAccountName"] = json!("nope");
    create(&web);
    told(&namespace, "ReplicaSet", "error looking up service account");
    let explained = explain(&env, &namespace, "rs/web", 3);
    assert_eq!(explained["state"], json!("Elsewhere"));
    assert_eq!(
        explained["summary"],
        json!("ReplicaSet web: its pod is missing: was refused, but not by a quota or LimitRange")
    );
    let expected = "not caused by a quota or LimitRange: the ServiceAccount does not exist: create it, or correct serviceAccountName";
    assert!(explained["notes"].as_array().expect("notes").contains(&json!(expected)), "{explained:#}");
}
