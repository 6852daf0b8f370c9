//! Updates of Deployments whose ReplicaSet is refused: what is told of the next update, and what their controller does all the
//! same.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{deployment, on_nodes_of, pod, template, with_grace},
    support::{
        add_nodes, administrator, check, condition, create, enforced_quota, wait_for_status,
        with_made_up_names,
    },
};

const REFUSED: &str = "replicasets.apps \"web-*\" is forbidden: exceeded quota: few, requested: count/replicasets.apps=1, used: count/replicasets.apps=1, limited: count/replicasets.apps=1";

/// A Deployment that runs under a quota with room for so many pods and no second ReplicaSet.
fn running(pods: &str, strategy: Value) -> (TestEnv, Value) {
    let namespace = fresh_namespace("refused-sets");
    add_nodes(&namespace, 1);
    enforced_quota(&namespace, "few", &json!({"count/replicasets.apps": "1", "pods": pods}));
    let template = with_grace(on_nodes_of(&namespace, template("web", &json!({"cpu": "1m"}))), 0);
    let mut web = deployment(&namespace, "web", 2, template);
    web["spec"]["strategy"] = strategy;
    // Without it, an apply of this manifest would leave the annotation of a later one.
    let web = version(&web, "1");
    create(&web);
    wait(&web, "pods", |web| web["status"]["readyReplicas"] == 2 && web["status"]["updatedReplicas"] == 2);
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "2");
    (administrator(), web)
}

fn wait(web: &Value, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let path = cluster::api::object(web).expect("a path");
    cluster().api().wait_for(&path, what, wanted).expect("a state in time")
}

fn namespace(web: &Value) -> &str {
    web["metadata"]["namespace"].as_str().expect("a namespace")
}

/// The Deployment with another template.
fn version(web: &Value, version: &str) -> Value {
    let mut next = web.clone();
    next["spec"]["template"]["metadata"]["annotations"] = json!({"version": version});
    next
}

/// Updates the Deployment, and waits until its ReplicaSet is refused.
fn update(web: &Value) {
    let path = cluster::api::object(web).expect("a path");
    cluster().api().merge_patch(&path, &json!({"spec": web["spec"]})).expect("an update");
    wait(web, "a refused ReplicaSet", |web| {
        condition(web, "Progressing").is_some_and(|one| one["reason"] == "ReplicaSetCreateError")
    });
}

/// Verdict, pods wanted and admitted, and the first message of a row.
fn said(row: &Value) -> (&str, &Value, &Value, &str) {
    let message = row["messages"][0].as_str().unwrap_or_default();
    (row["verdict"].as_str().expect("a verdict"), &row["pods"]["wanted"], &row["pods"]["admitted"], message)
}

/// What the other commands say of the Deployment as it is: `rollout`, `explain`.
fn others(env: &TestEnv, web: &Value, status: i32) -> [(Value, String); 2] {
    let ask = |command: &str| {
        let words = ["quota", command, "deploy/web", "-n", namespace(web), "-o", "json"];
        env.run("kubectl", words).exits(status).json()
    };
    let text = |message: &Value| with_made_up_names(message.as_str().unwrap_or_default(), "web");
    let (rollout, explained) = (ask("rollout"), ask("explain"));
    [
        (rollout["verdict"].clone(), text(&rollout["messages"][0])),
        (explained["state"].clone(), text(&explained["refusals"][0]["message"])),
    ]
}

#[test]
fn a_deployment_whose_replica_set_is_refused_is_told_so_of_each_update_but_of_its_return() {
    let (env, web) = running("4", json!({}));
    let second = version(&web, "2");
    update(&second);
    let refused = ("Refused", &json!(2), &json!(0), REFUSED);
    assert_eq!(said(&check(&env, &[], &[&second], 3)[0]), refused);
    assert_eq!(said(&check(&env, &[], &[version(&web, "3")], 3)[0]), refused);
    let told = |state: &str| (json!(state), REFUSED.to_owned());
    assert_eq!(others(&env, &second, 3), [told("Deadlocks"), told("Refused")]);
    // The ReplicaSet of the first template is there: nothing is to be made.
    assert_eq!(said(&check(&env, &[], &[&web], 0)[0]), ("Admitted", &json!(0), &json!(0), ""));

    // Scaled at once, its controller scales the pods of the first template all the same: they take all there is.
    let mut scaled = version(&web, "3");
    scaled["spec"]["replicas"] = json!(4);
    let one_more = pod(namespace(&web), "one-more", &json!({"cpu": "1m"}));
    let rows = check(&env, &[], &[&scaled, &one_more], 3);
    assert_eq!(said(&rows[0]), ("Refused", &json!(4), &json!(0), REFUSED));
    let full = "pods \"one-more\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=4, limited: pods=4";
    assert_eq!(said(&rows[1]).3, full);
    update(&scaled);
    wait_for_status(namespace(&web), "few", |status| status["used"]["pods"] == "4");
    let path = cluster::api::collection(&one_more).expect("a path");
    let answer = cluster().api().request("POST", &path, None, Some(&one_more)).expect("an answer");
    assert_eq!(answer.body["message"], json!(full));

    // What is advised is enough.
    let rows =
        env.run("kubectl", ["quota", "rollout", "deploy/web", "-n", namespace(&web), "-o", "json"]).json();
    let fix = rows["fix"].as_array().and_then(|fixes| fixes.last()).and_then(Value::as_str).expect("advice");
    env.run("sh", ["-c", fix]).success();
    wait_for_status(namespace(&web), "few", |status| status["hard"]["count/replicasets.apps"] == "2");
    assert_eq!(said(&check(&env, &[], &[&scaled], 0)[0]).0, "Admitted");
    let path = cluster::api::object(&web).expect("a path");
    let again = json!({"metadata": {"annotations": {"try": "again"}}});
    cluster().api().merge_patch(&path, &again).expect("an annotation");
    wait(&web, "a complete rollout", |web| {
        ["replicas", "readyReplicas", "updatedReplicas"].iter().all(|field| web["status"][*field] == 4)
    });
}

#[test]
fn a_deployment_that_recreates_its_pods_has_deleted_the_old_ones_by_then() {
    let (env, web) = running("2", json!({"type": "Recreate"}));
    let second = version(&web, "2");
    let one_more = pod(namespace(&web), "one-more", &json!({"cpu": "1m"}));
    let rows = check(&env, &[], &[&second, &one_more], 3);
    assert_eq!(said(&rows[0]), ("Refused", &json!(2), &json!(0), REFUSED));
    assert_eq!(rows[1]["verdict"], json!("Admitted"));
    update(&second);
    wait_for_status(namespace(&web), "few", |status| status["used"]["pods"] == "0");
    create(&one_more);
    assert_eq!(said(&check(&env, &[], &[&second], 3)[0]), ("Refused", &json!(2), &json!(0), REFUSED));
    let told = |state: &str| (json!(state), REFUSED.to_owned());
    assert_eq!(others(&env, &second, 3), [told("Deadlocks"), told("Refused")]);
}
