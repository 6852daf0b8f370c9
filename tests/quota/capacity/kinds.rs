//! Rollouts of DaemonSets and StatefulSets, and pods on their way out, foretold and then done.

use cluster::kubelet;
use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::objects::{deployment, on_nodes_of, template, with_grace, workload};
use crate::support::{add_nodes, administrator, enforced_quota, follow, wait_for_status};

/// Two nodes for one namespace only.
fn namespace_with_nodes() -> String {
    let name = fresh_namespace("kinds");
    add_nodes(&name, 2);
    name
}

fn pods(namespace: &str, cpu: &str) -> Value {
    on_nodes_of(namespace, with_grace(template("x", &json!({"cpu": cpu})), 0))
}

fn ask(env: &TestEnv, namespace: &str, words: &[&str], status: i32) -> Value {
    let arguments = [&["quota", "rollout", "-o", "json", "-n", namespace], words].concat();
    env.run("kubectl", arguments).exits(status).json()
}

fn version(number: u8) -> Value {
    json!({"spec": {"template": {"metadata": {"annotations": {"version": number.to_string()}}}}})
}

/// Waits for an event about a pod that was refused, with these last words.
fn refused(namespace: &str, words: &str) {
    let events = format!("/api/v1/namespaces/{namespace}/events");
    let told = cluster().api().wait(&events, "fieldSelector=reason%3DFailedCreate", "a refusal", |events| {
        events.iter().any(|event| event["message"].as_str().is_some_and(|text| text.ends_with(words)))
    });
    told.expect("a refusal");
}

#[test]
fn daemons_that_come_first_need_room_and_daemons_that_go_first_do_not() {
    let namespace = namespace_with_nodes();
    enforced_quota(&namespace, "few", &json!({"pods": "2"}));
    let mut set = workload("DaemonSet", &namespace, "agent", 1, pods(&namespace, "1m"));
    set["spec"]["updateStrategy"] = json!({"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}});
    let api = cluster().api();
    api.create(&set).expect("a DaemonSet");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/daemonsets/agent");
    let updated = |set: &Value| {
        set["status"]["observedGeneration"] == set["metadata"]["generation"]
            && set["status"]["updatedNumberScheduled"] == 2
            && set["status"]["numberAvailable"] == 2
    };
    api.wait_for(&path, "its pods", updated).expect("pods");
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "2");
    let env = administrator();
    let told = ask(&env, &namespace, &["ds/agent"], 3);
    assert_eq!(told["strategy"], json!({"type": "RollingUpdate", "maxSurge": 1, "maxUnavailable": 0}));
    assert_eq!((&told["verdict"], &told["peakPods"]), (&json!("Deadlocks"), &json!(3)));
    api.merge_patch(&path, &version(2)).expect("an update");
    refused(&namespace, "exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2");
    // The controller tells first, and counts with its next status.
    let counted = |set: &Value| {
        set["status"]["observedGeneration"] == set["metadata"]["generation"]
            && set["status"]["updatedNumberScheduled"].as_u64().unwrap_or(0) == 0
    };
    api.wait_for(&path, "no new pods", counted).expect("no new pods");

    // The first command lets it through: the old one goes first.
    follow(&env, told["fix"][0].as_str().expect("advice"));
    api.wait_for(&path, "new pods", updated).expect("new pods");
    let told = ask(&env, &namespace, &["ds/agent"], 0);
    assert_eq!(
        (&told["verdict"], &told["peakPods"], &told["worstPods"]),
        (&json!("Completes"), &json!(2), &json!(2))
    );
    api.merge_patch(&path, &version(3)).expect("an update");
    api.wait_for(&path, "new pods", updated).expect("new pods");
}

#[test]
fn a_stateful_set_needs_no_room_unless_its_pods_grow() {
    let namespace = namespace_with_nodes();
    enforced_quota(&namespace, "few", &json!({"requests.cpu": "250m"}));
    let set = |cpu: &str| workload("StatefulSet", &namespace, "db", 2, pods(&namespace, cpu));
    let api = cluster().api();
    api.create(&set("100m")).expect("a StatefulSet");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/statefulsets/db");
    let complete = |set: &Value| {
        set["status"]["observedGeneration"] == set["metadata"]["generation"]
            && set["status"]["readyReplicas"] == 2
            && set["status"]["updatedReplicas"] == 2
            && set["status"]["currentRevision"] == set["status"]["updateRevision"]
    };
    api.wait_for(&path, "its pods", complete).expect("pods");
    wait_for_status(&namespace, "few", |status| status["used"]["requests.cpu"] == "200m");
    let env = administrator();
    let told = ask(&env, &namespace, &["sts/db"], 0);
    assert_eq!(
        (&told["verdict"], &told["peakPods"], &told["worstPods"]),
        (&json!("Completes"), &json!(2), &json!(2))
    );
    api.merge_patch(&path, &version(2)).expect("an update");
    api.wait_for(&path, "new pods", complete).expect("new pods");
    wait_for_status(&namespace, "few", |status| status["used"]["requests.cpu"] == "200m");

    // One of 150m has room beside one of 100m, two have not.
    env.file("larger.json", set("150m").to_string());
    let told = ask(&env, &namespace, &["-f", "larger.json"], 3);
    let words = "exceeded quota: few, requested: requests.cpu=150m, used: requests.cpu=150m, limited: requests.cpu=250m";
    assert_eq!(told["verdict"], "Deadlocks");
    let report = env.run("kubectl", ["quota", "check", "-f", "larger.json", "-o", "json"]).exits(3).json();
    assert_eq!(report["objects"][0]["pods"], json!({"wanted": 2, "admitted": 1}));
    assert_eq!(report["objects"][0]["messages"], told["messages"]);
    assert_eq!(told["messages"], json!([format!("pods \"db-*\" is forbidden: {words}")]));
    api.merge_patch(&path, &json!({"spec": {"template": {"spec": set("150m")["spec"]["template"]["spec"]}}}))
        .expect("an update");
    refused(&namespace, words);
    let counted = |set: &Value| {
        (&set["status"]["updatedReplicas"], &set["status"]["replicas"]) == (&json!(1), &json!(1))
    };
    api.wait_for(&path, "one new pod and no old one", counted).expect("one pod");
}

#[test]
fn pods_count_until_they_are_gone() {
    let namespace = namespace_with_nodes();
    enforced_quota(&namespace, "few", &json!({"pods": "9"}));
    let mut template = pods(&namespace, "1m");
    // The kubelet never lets a pod go, and nobody stops counting one as long as its grace lasts.
    template["metadata"]["labels"][kubelet::DELETION] = json!(kubelet::STUCK);
    let web = deployment(&namespace, "web", 2, with_grace(template, 3600));
    let api = cluster().api();
    api.create(&web).expect("a Deployment");
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    let leaving =
        |all: &[Value]| all.iter().filter(|pod| pod["metadata"]["deletionTimestamp"].is_string()).count();
    let reach = |count: usize, gone: usize| {
        let reached =
            api.wait(&pods, "", "pods to come and go", |all| all.len() == count && leaving(all) == gone);
        reached.expect("pods")
    };
    // A pod that has no node yet would be gone at once.
    let first = api.wait_for_ready_pods(&namespace, "", 2).expect("ready pods");
    api.delete(&format!("{pods}/{}", first[0]["metadata"]["name"].as_str().expect("a name")))
        .expect("a deletion");
    reach(3, 1);
    let used = |count: &'static str| {
        wait_for_status(&namespace, "few", move |status| status["used"]["pods"] == count)
    };
    used("3");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    api.wait_for(&path, "two ready pods", |web| {
        web["status"]["readyReplicas"] == 2 && web["status"]["replicas"] == 2
    })
    .expect("ready pods");
    let told = ask(&administrator(), &namespace, &["deploy/web"], 0);
    assert_eq!(
        (&told["peakPods"], &told["terminatingPods"], &told["worstPods"]),
        (&json!(4), &json!(1), &json!(5))
    );
    // All three of old are still there when the second new one is.
    api.merge_patch(&path, &version(2)).expect("an update");
    reach(5, 3);
    used("5");
}

#[test]
fn a_stateful_set_says_how_many_pods_it_replaces_at_a_time() {
    let namespace = fresh_namespace("several");
    enforced_quota(&namespace, "few", &json!({"pods": "4"}));
    let env = administrator();
    for (update, unavailable) in [
        (json!({"rollingUpdate": {"maxUnavailable": 2}}), 2),
        (json!({"rollingUpdate": {"maxUnavailable": "75%"}}), 3),
        (json!({"rollingUpdate": {"maxUnavailable": "10%"}}), 1),
        (json!({}), 1),
    ] {
        let mut set = workload("StatefulSet", &namespace, "db", 4, pods(&namespace, "1m"));
        set["spec"]["updateStrategy"] = update;
        let line = ["quota", "rollout", "-f", "-", "-o", "json"];
        let told = env.command("kubectl", line).stdin(set.to_string()).run().exits(0).json();
        let strategy = json!({"type": "RollingUpdate", "maxSurge": 0, "maxUnavailable": unavailable});
        assert_eq!(told["strategy"], strategy);
    }
}

#[test]
fn on_delete_is_no_rollout_of_any_kind() {
    let namespace = fresh_namespace("by-hand");
    enforced_quota(&namespace, "few", &json!({"pods": "4"}));
    let env = administrator();
    for kind in ["DaemonSet", "StatefulSet"] {
        let mut set = workload(kind, &namespace, "x", 1, pods(&namespace, "1m"));
        set["spec"]["updateStrategy"] = json!({"type": "OnDelete"});
        cluster().api().create(&set).expect("a workload");
        let output = env.run("kubectl", ["quota", "rollout", kind, "x", "-n", &namespace]).exits(1);
        let words = "error: updateStrategy OnDelete does not replace pods: they are replaced when somebody deletes them\n";
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", words), "{kind}");
    }
    let all = env.run("kubectl", ["quota", "rollout", "-n", &namespace, "-o", "json"]).exits(0).json();
    assert_eq!(all["items"], json!([]));
}
