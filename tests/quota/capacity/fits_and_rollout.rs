//! `fits` and `rollout`, foretold and then done.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::objects::{autoscaler, deployment, limit_range, template, with_grace};
use crate::support::{administrator, enforced_quota, on_a_node, wait_for_status};

/// The Deployment `web`.
fn web(namespace: &str, replicas: u8, cpu: &str) -> Value {
    deployment(namespace, "web", replicas.into(), with_grace(template("web", &json!({"cpu": cpu})), 1))
}

fn path(namespace: &str) -> String {
    format!("/apis/apps/v1/namespaces/{namespace}/deployments/web")
}

/// Waits for the Deployment to be as wanted.
fn wait(namespace: &str, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    cluster().api().wait_for(&path(namespace), what, wanted).expect("in time")
}

/// The message of the pods that are refused.
fn refusal(deployment: &Value) -> Option<String> {
    let conditions = deployment["status"]["conditions"].as_array()?;
    let failure = conditions.iter().find(|one| one["type"] == "ReplicaFailure" && one["status"] == "True")?;
    failure["message"].as_str().map(str::to_owned)
}

fn ask(env: &TestEnv, namespace: &str, words: &[&str], status: i32) -> Value {
    let arguments = [&["quota"], words, &["deploy/web", "-o", "json", "-n", namespace]].concat();
    env.run("kubectl", arguments).exits(status).json()
}

#[test]
fn as_many_more_fit_as_the_cluster_then_lets_in() {
    let namespace = fresh_namespace("room");
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "1", "limits.memory": "4Gi", "pods": "9"}));
    let range =
        limit_range(&namespace, "defaults", &json!({"type": "Container", "default": {"memory": "1Gi"}}));
    let scaler = |name: &str, most: u8| autoscaler(&namespace, name, "web", most);
    let api = cluster().api();
    api.create_all(&[range, web(&namespace, 1, "300m"), scaler("modest", 3), scaler("bold", 20)])
        .expect("objects");
    wait_for_status(&namespace, "compute", |status| status["used"]["requests.cpu"] == "300m");
    wait(&namespace, "a pod", |web| web["status"]["replicas"] == 1);

    let env = administrator();
    let report = ask(&env, &namespace, &["fits"], 0);
    let expected = json!({
        "apiVersion": "kubectl-quota/v1",
        "kind": "Fits",
        "workload": {"kind": "Deployment", "namespace": namespace, "name": "web"},
        "paused": false,
        "replicas": 1,
        "fits": 2,
        "doubt": null,
        "wanted": null,
        "by": [{"kind": "ResourceQuota", "name": "compute", "resource": "requests.cpu"}],
        "messages": ["pods \"web-*\" is forbidden: exceeded quota: compute, requested: requests.cpu=300m, used: requests.cpu=900m, limited: requests.cpu=1"],
        "autoscalers": [
            {"name": "bold", "maxReplicas": 20, "reachable": false},
            {"name": "modest", "maxReplicas": 3, "reachable": true},
        ],
        "skipped": [],
        "unchecked": [],
    });
    assert_eq!(report, expected);
    ask(&env, &namespace, &["fits", "--replicas", "3"], 0);
    ask(&env, &namespace, &["fits", "--replicas", "4"], 3);

    api.delete(&format!("/apis/autoscaling/v2/namespaces/{namespace}/horizontalpodautoscalers/modest"))
        .expect("gone");
    api.delete(&format!("/apis/autoscaling/v2/namespaces/{namespace}/horizontalpodautoscalers/bold"))
        .expect("gone");
    api.merge_patch(&path(&namespace), &json!({"spec": {"replicas": 9}})).expect("a scale");
    let stuck = wait(&namespace, "three pods and a refusal", |web| {
        web["status"]["replicas"] == 3 && refusal(web).is_some()
    });
    assert_eq!(stuck["spec"]["replicas"], 9);
    assert_eq!(ask(&env, &namespace, &["fits"], 0)["fits"], 0);
}

#[test]
fn without_a_quota_anything_fits() {
    let namespace = fresh_namespace("room");
    cluster().api().create(&web(&namespace, 1, "1m")).expect("a Deployment");
    let report = ask(&administrator(), &namespace, &["fits"], 0);
    assert_eq!((&report["fits"], &report["by"]), (&Value::Null, &json!([])));
    let shown =
        administrator().run("kubectl", ["quota", "fits", "deploy/web", "-n", &namespace]).exits(0).stdout;
    let said = format!(
        "No ResourceQuota or LimitRange of namespace {namespace} bounds these pods. Whether nodes have room for them is not looked at.\n"
    );
    assert!(shown.contains(&said), "{shown}");
}

/// A namespace whose quota is full of the pods of one Deployment, all of them ready.
fn full(replicas: u8) -> String {
    let namespace = fresh_namespace("room");
    enforced_quota(&namespace, "few", &json!({"pods": replicas.to_string()}));
    let web = on_a_node(&namespace, web(&namespace, replicas, "1m"));
    cluster().api().create(&web).expect("a Deployment");
    wait(&namespace, "ready pods", |web| web["status"]["readyReplicas"] == replicas);
    let all = replicas.to_string();
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == *all);
    namespace
}

fn update(namespace: &str) {
    let change = json!({"spec": {"template": {"metadata": {"annotations": {"version": "2"}}}}});
    cluster().api().merge_patch(&path(namespace), &change).expect("an update");
}

#[test]
fn three_of_three_deadlock_until_one_may_be_missing() {
    let namespace = full(3);
    let env = administrator();
    let report = ask(&env, &namespace, &["rollout"], 3);
    let message =
        "pods \"web-*\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=3, limited: pods=3";
    let strategy = "{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":1},\"type\":\"RollingUpdate\"}}}";
    let hard = "{\"spec\":{\"hard\":{\"pods\":\"4\"}}}";
    let expected = json!({
        "apiVersion": "kubectl-quota/v1",
        "kind": "Rollout",
        "workload": {"kind": "Deployment", "namespace": namespace, "name": "web"},
        "paused": false, "underWay": false, "oldPods": 3, "newPods": 0,
        "strategy": {"type": "RollingUpdate", "maxSurge": 1, "maxUnavailable": 0},
        "peakPods": 4,
        "terminatingPods": 0,
        "worstPods": 6,
        "mayWait": false,
        "verdict": "Deadlocks",
        "by": [{"kind": "ResourceQuota", "name": "few", "resource": "pods"}],
        "messages": [message],
        "fix": [
            format!("kubectl patch deployment web -n {namespace} --type merge -p '{strategy}'"),
            format!("kubectl patch resourcequota few -n {namespace} --type merge -p '{hard}'"),
        ],
        "skipped": [],
        "unchecked": [],
    });
    assert_eq!(report, expected);

    update(&namespace);
    let stuck = wait(&namespace, "a refusal", |web| refusal(web).is_some());
    assert!(
        refusal(&stuck).expect("a message").ends_with("requested: pods=1, used: pods=3, limited: pods=3")
    );
    assert_eq!(
        (&stuck["status"]["readyReplicas"], &stuck["status"]["updatedReplicas"]),
        (&json!(3), &Value::Null)
    );

    // The first of the two commands lets it through.
    env.run("kubectl", ["patch", "deployment", "web", "-n", &namespace, "--type", "merge", "-p", strategy])
        .success();
    wait(&namespace, "three new pods", |web| {
        web["status"]["updatedReplicas"] == 3
            && web["status"]["readyReplicas"] == 3
            && web["status"]["replicas"] == 3
    });
}

#[test]
fn four_of_four_complete_since_one_may_be_missing() {
    let namespace = full(4);
    let report = ask(&administrator(), &namespace, &["rollout"], 0);
    assert_eq!(
        (&report["verdict"], &report["peakPods"], &report["mayWait"], &report["fix"]),
        (&json!("Completes"), &json!(5), &json!(true), &json!([]))
    );
    update(&namespace);
    wait(&namespace, "four new pods", |web| {
        web["status"]["updatedReplicas"] == 4
            && web["status"]["readyReplicas"] == 4
            && web["status"]["replicas"] == 4
    });
}

#[test]
fn what_cannot_be_asked_says_so() {
    let namespace = fresh_namespace("room");
    let env = administrator();
    let run = |words: &[&str], status: i32| {
        let arguments = [&["quota"], words, &["-n", &namespace]].concat();
        env.run("kubectl", arguments).exits(status).stderr
    };
    assert!(run(&["fits", "service/web"], 2).starts_with("error: `service` is not a workload type\n"));
    assert!(run(&["rollout", "deploy/web"], 1).contains("deployments.apps \"web\" not found"));
    assert_eq!(run(&["fits"], 0), format!("no workload in namespace {namespace}\n"));
    assert!(run(&["fits", "--replicas", "3"], 2).starts_with("error: --replicas is about one workload\n"));
    assert!(run(&["fits", "deploy/web", "-A"], 2).contains("cannot be used with"));
    assert!(run(&["rollout", "deploy", "web"], 1).contains("deployments.apps \"web\" not found"));
    for command in ["fits", "rollout", "explain"] {
        assert_eq!(
            run(&[command, "deploy/web", "api"], 2),
            "error: `deploy/web api` is more than one workload\n\
             hint: name it as kubectl does: deployment/web or deployment web\n"
        );
        assert!(run(&[command, "deploy"], 2).starts_with("error: `deploy` is not TYPE/NAME\n"));
        assert!(run(&[command, "deploy", "web", "api"], 2).contains("unexpected argument 'api'"));
    }
}
