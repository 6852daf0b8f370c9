//! Workloads that are there and lack pods: their controllers go on trying, and `check` says what comes of it.

use cluster::kubelet;
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{self, on_nodes_of, quota, template, with_grace},
    support::{add_nodes, administrator, check, enforced_quota, wait_for_status, with_made_up_names},
};

/// A template of pods that run on, on the nodes of a namespace.
fn pods(place: &str, name: &str, restart: &str) -> Value {
    let mut pods = on_nodes_of(place, with_grace(template(name, &json!({"cpu": "1m"})), 1));
    pods["metadata"]["labels"][kubelet::RUNS_ON] = json!("true");
    pods["spec"]["restartPolicy"] = json!(restart);
    pods
}

/// A workload of `apps` with such pods.
fn workload(namespace: &str, kind: &str, name: &str, replicas: usize) -> Value {
    objects::workload(kind, namespace, name, replicas, pods(namespace, name, "Always"))
}

/// A fresh namespace with as many nodes for it alone.
fn with_nodes(count: usize) -> String {
    let namespace = fresh_namespace("present");
    add_nodes(&namespace, count);
    namespace
}

/// Verdict, pods wanted and admitted, and messages of a row.
fn said(row: &Value) -> (&str, u64, u64, Vec<&str>) {
    let pods = |field: &str| row["pods"][field].as_u64().expect("a number");
    let messages = row["messages"].as_array().expect("messages").iter().filter_map(Value::as_str);
    (row["verdict"].as_str().expect("a verdict"), pods("wanted"), pods("admitted"), messages.collect())
}

/// What the newest event about a refused pod says, once one ends like this.
fn newest_refusal(namespace: &str, workload: &str, end: &str) -> String {
    let events = format!("/api/v1/namespaces/{namespace}/events");
    let message = |events: &[Value]| {
        let newest = events.iter().max_by_key(|event| {
            event["metadata"]["resourceVersion"].as_str().and_then(|version| version.parse::<u64>().ok())
        });
        newest.and_then(|event| event["message"].as_str()).map(str::to_owned)
    };
    let ends = |events: &[Value]| message(events).is_some_and(|message| message.ends_with(end));
    let events = cluster().api().wait(&events, "fieldSelector=reason%3DFailedCreate", "a refused pod", ends);
    let message = message(&events.expect("an event")).expect("a message");
    let message =
        message.split_once("pods \"").map(|(_, rest)| format!("pods \"{rest}")).expect("a sentence");
    with_made_up_names(&message, workload)
}

fn raise(namespace: &str, name: &str, pods: &str) {
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/{name}");
    cluster().api().merge_patch(&path, &json!({"spec": {"hard": {"pods": pods}}})).expect("a raised quota");
}

#[test]
fn an_unchanged_deployment_that_lacks_pods_is_refused_until_there_is_room() {
    let namespace = with_nodes(1);
    enforced_quota(&namespace, "few", &json!({"pods": "5"}));
    let api = cluster().api();
    let web = workload(&namespace, "Deployment", "web", 8);
    api.create(&web).expect("a Deployment");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    let count = |count: u64| {
        api.wait_for(&path, "pods", |web| {
            ["replicas", "readyReplicas", "updatedReplicas"]
                .iter()
                .all(|field| web["status"][*field] == count)
        })
        .expect("pods")
    };
    count(5);
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "5");
    let env = administrator();

    // The server's words, as in the newest event.
    let message =
        "pods \"web-*\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=5, limited: pods=5";
    assert_eq!(newest_refusal(&namespace, "web", message.split_once("forbidden").expect("words").1), message);
    let rows = check(&env, &[], &[&web], 3);
    assert_eq!(said(&rows[0]), ("Refused", 3, 0, vec![message]));
    assert_eq!(rows[0]["shortages"], json!(["quota few: pods needs 3 more, 0 of 5 is free: 3 short"]));
    // The same twice is as short as once.
    let rows = check(&env, &[], &[&web, &web], 3);
    assert_eq!(said(&rows[1]), ("Refused", 3, 0, vec![message]));
    // Fewer is no more than there is, and a restart gets no further than the first pods.
    let fewer = workload(&namespace, "Deployment", "web", 5);
    assert_eq!(said(&check(&env, &[], &[&fewer], 0)[0]), ("Admitted", 0, 0, vec![]));
    let mut other = web.clone();
    other["spec"]["template"]["metadata"]["annotations"] = json!({"version": "2"});
    assert_eq!(said(&check(&env, &[], &[&other], 3)[0]), ("Refused", 8, 0, vec![message]));

    // What the others say of it.
    let ask = |words: &[&str], status: i32| {
        let arguments = [&["quota"], words, &["-n", &namespace, "-o", "json"]].concat();
        env.run("kubectl", arguments).exits(status).json()
    };
    let end_of = |hard: &str| {
        let arguments = ["quota", "what-if", "--hard", hard, "-n", &namespace, "-o", "json"];
        env.run("kubectl", arguments).json()["workloads"][0]["after"]["verdict"].clone()
    };
    let fits = ask(&["fits", "deploy", "web"], 0);
    assert_eq!(
        (&fits["replicas"], &fits["fits"], &fits["messages"]),
        (&json!(5), &json!(0), &json!([message]))
    );
    ask(&["fits", "deploy/web", "--replicas", "8"], 3);
    let rollout = ask(&["rollout", "deployments.apps", "web"], 3);
    assert_eq!((&rollout["verdict"], &rollout["messages"]), (&json!("Deadlocks"), &json!([message])));
    // Old pods make room on the way: as many as are wanted are enough.
    let enough = format!(
        "kubectl patch resourcequota few -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"pods\":\"8\"}}}}}}'"
    );
    assert_eq!(rollout["fix"], json!([enough]));
    assert_eq!(end_of("pods=8"), json!("Completes"));
    assert_eq!(end_of("pods=7"), json!("Deadlocks"));
    let explanation = ask(&["explain", "deploy", "web"], 3);
    let refused = explanation["refusals"][0]["message"].as_str().expect("a message");
    assert_eq!(with_made_up_names(refused, "web"), message);
    let end = |hard: &str, status: i32| {
        let answer = ask(&["what-if", "--hard", hard], status);
        let web = &answer["workloads"][0];
        [&web["before"], &web["after"]].map(|state| (state["verdict"].clone(), state["fits"].clone()))
    };
    let stuck = (json!("Deadlocks"), json!(0));
    assert_eq!(end("pods=10", 0), [stuck.clone(), (json!("Completes"), json!(5))]);
    assert_eq!(end("pods=6", 3), [stuck, (json!("Deadlocks"), json!(1))]);

    // With a raised quota before it there is room, …
    let raised = quota(&namespace, "few", &json!({"pods": "8"}));
    let rows = check(&env, &[], &[&raised, &web], 0);
    assert_eq!(said(&rows[1]), ("Admitted", 3, 3, vec![]));
    let rows = check(&env, &[], &[&raised, &web, &web], 0);
    assert_eq!(said(&rows[2]), ("Admitted", 0, 0, vec![]));
    // … and once all are there, nothing is to be made.
    raise(&namespace, "few", "8");
    count(8);
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "8");
    assert_eq!(said(&check(&env, &[], &[&web], 0)[0]), ("Admitted", 0, 0, vec![]));
}

#[test]
fn a_deployment_whose_rollout_is_stuck_is_refused_unchanged() {
    let namespace = with_nodes(1);
    enforced_quota(&namespace, "few", &json!({"pods": "3"}));
    let api = cluster().api();
    let mut web = workload(&namespace, "Deployment", "web", 3);
    api.create(&web).expect("a Deployment");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    api.wait_for(&path, "pods", |web| web["status"]["readyReplicas"] == 3).expect("pods");
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "3");
    let env = administrator();
    assert_eq!(said(&check(&env, &[], &[&web], 0)[0]), ("Admitted", 0, 0, vec![]));
    web["spec"]["template"]["metadata"]["annotations"] = json!({"version": "2"});
    let message =
        "pods \"web-*\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=3, limited: pods=3";
    assert_eq!(said(&check(&env, &[], &[&web], 3)[0]), ("Refused", 3, 0, vec![message]));
    api.merge_patch(&path, &json!({"spec": web["spec"]})).expect("an update");
    assert_eq!(newest_refusal(&namespace, "web", message.split_once("forbidden").expect("words").1), message);
    api.wait_for(&path, "the update to be seen", |web| {
        web["status"]["observedGeneration"] == web["metadata"]["generation"]
    })
    .expect("an update");
    // Now it says nothing new, and is refused as before.
    assert_eq!(said(&check(&env, &[], &[&web], 3)[0]), ("Refused", 3, 0, vec![message]));
    raise(&namespace, "few", "4");
    api.wait_for(&path, "new pods", |web| {
        ["replicas", "readyReplicas", "updatedReplicas"].iter().all(|field| web["status"][*field] == 3)
    })
    .expect("new pods");
    assert_eq!(said(&check(&env, &[], &[&web], 0)[0]), ("Admitted", 0, 0, vec![]));
}

#[test]
fn a_deployment_whose_replica_set_is_refused_is_refused_unchanged() {
    let namespace = with_nodes(1);
    enforced_quota(&namespace, "none", &json!({"count/replicasets.apps": "0"}));
    let api = cluster().api();
    let web = workload(&namespace, "Deployment", "web", 2);
    let env = administrator();
    let message = "replicasets.apps \"web-*\" is forbidden: exceeded quota: none, requested: count/replicasets.apps=1, used: count/replicasets.apps=0, limited: count/replicasets.apps=0";
    assert_eq!(said(&check(&env, &[], &[&web], 3)[0]), ("Refused", 2, 0, vec![message]));
    api.create(&web).expect("a Deployment");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    let told = api.wait_for(&path, "a refused ReplicaSet", |web| {
        let mut conditions = web["status"]["conditions"].as_array().into_iter().flatten();
        conditions.any(|one| one["reason"] == "ReplicaSetCreateError")
    });
    told.expect("a condition");
    assert_eq!(said(&check(&env, &[], &[&web], 3)[0]), ("Refused", 2, 0, vec![message]));
}

#[test]
fn sets_daemons_and_jobs_that_lack_a_pod_are_refused_unchanged() {
    let api = cluster().api();
    let env = administrator();
    let nodes = with_nodes(3);
    let cases = [
        ("ReplicaSet", "apps/v1", "replicasets", "replicas", "web-*"),
        ("ReplicationController", "v1", "replicationcontrollers", "replicas", "web-*"),
        ("StatefulSet", "apps/v1", "statefulsets", "replicas", "web-2"),
        ("DaemonSet", "apps/v1", "daemonsets", "currentNumberScheduled", "web-*"),
        ("Job", "batch/v1", "jobs", "active", "web-*"),
    ];
    for (kind, version, plural, field, pod) in cases {
        let namespace = fresh_namespace("present");
        enforced_quota(&namespace, "few", &json!({"pods": "2"}));
        let mut object = workload(&namespace, kind, "web", 3);
        object["apiVersion"] = json!(version);
        object["spec"]["template"] = pods(&nodes, "web", "Always");
        match kind {
            "ReplicationController" => object["spec"]["selector"] = json!({"app": "web"}),
            "Job" => object["spec"] = json!({"parallelism": 3, "template": pods(&nodes, "web", "Never")}),
            _ => {}
        }
        api.create(&object).expect("a workload");
        let group = if version == "v1" { "/api" } else { "/apis" };
        let path = format!("{group}/{version}/namespaces/{namespace}/{plural}/web");
        api.wait_for(&path, "two pods", |web| web["status"][field] == 2).expect("two pods");
        wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "2");
        let end = " is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2";
        let message = format!("pods \"{pod}\"{end}");
        let told = newest_refusal(&namespace, "web", end);
        assert_eq!(if kind == "StatefulSet" { told.replace('*', "2") } else { told }, message, "{kind}");
        let rows = check(&env, &[], &[&object], 3);
        assert_eq!(said(&rows[0]), ("Refused", 1, 0, vec![message.as_str()]), "{kind}");
        let raised = quota(&namespace, "few", &json!({"pods": "3"}));
        assert_eq!(said(&check(&env, &[], &[&raised, &object], 0)[1]), ("Admitted", 1, 1, vec![]), "{kind}");
        raise(&namespace, "few", "3");
        api.wait_for(&path, "three pods", |web| web["status"][field] == 3).expect("three pods");
        assert_eq!(said(&check(&env, &[], &[&object], 0)[0]), ("Admitted", 0, 0, vec![]), "{kind}");
    }
}

#[test]
fn the_pod_that_a_stateful_set_lost_is_the_one_it_lacks() {
    let namespace = with_nodes(1);
    enforced_quota(&namespace, "few", &json!({"pods": "3"}));
    let api = cluster().api();
    let web = workload(&namespace, "StatefulSet", "web", 3);
    api.create(&web).expect("a StatefulSet");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/statefulsets/web");
    api.wait_for(&path, "pods", |web| web["status"]["readyReplicas"] == 3).expect("pods");
    raise(&namespace, "few", "2");
    wait_for_status(&namespace, "few", |status| {
        status["hard"]["pods"] == "2" && status["used"]["pods"] == "3"
    });
    api.delete(&format!("/api/v1/namespaces/{namespace}/pods/web-0")).expect("a pod less");
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "2");
    api.wait_for(&path, "two pods", |web| web["status"]["replicas"] == 2).expect("two pods");
    let env = administrator();
    let message =
        "pods \"web-0\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2";
    assert_eq!(said(&check(&env, &[], &[&web], 3)[0]), ("Refused", 1, 0, vec![message]));
    let told = newest_refusal(&namespace, "web", message.split_once(" is forb").expect("words").1);
    assert_eq!(told.replace('*', "0"), message);
}

#[test]
fn a_paused_deployment_makes_no_pods_of_its_template_and_scales_those_it_has() {
    let namespace = with_nodes(1);
    enforced_quota(
        &namespace,
        "few",
        &json!({"pods": "3", "requests.cpu": "2500m", "count/replicasets.apps": "1"}),
    );
    let api = cluster().api();
    let env = administrator();
    let resume = format!("kubectl rollout resume deployment web -n {namespace}");
    let warning = format!(
        "the Deployment is paused: pods of its template are created, and can be checked, only after `{resume}`"
    );
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    let seen = |web: &Value| {
        web["status"]["observedGeneration"] == web["metadata"]["generation"]
            && !web["status"]["observedGeneration"].is_null()
    };
    let of = |paused: bool, replicas: usize, cpu: &str| {
        let mut web = workload(&namespace, "Deployment", "web", replicas);
        web["spec"]["paused"] = json!(paused);
        web["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]["cpu"] = json!(cpu);
        web
    };

    // One that is paused from the beginning has nothing to be refused, however large its pods are.
    let large = of(true, 9, "8");
    let rows = check(&env, &[], &[&large], 0);
    assert_eq!(said(&rows[0]), ("Admitted", 0, 0, vec![]));
    assert_eq!(rows[0]["warnings"], json!([warning]));
    let manifest = large.to_string();
    let in_words = |words: &[&str], status: i32| {
        let words = [&["quota", "check", "-f", "-"], words].concat();
        env.command("kubectl", words).stdin(manifest.as_str()).run().exits(status)
    };
    let output = in_words(&[], 0);
    assert!(output.stdout.contains(&format!("warning: {warning}\n")), "{output}");
    in_words(&["--strict"], 3);
    api.create(&large).expect("a Deployment");
    api.wait_for(&path, "the Deployment to be seen", seen).expect("a Deployment");
    let sets = api.get(&format!("/apis/apps/v1/namespaces/{namespace}/replicasets")).expect("ReplicaSets");
    assert_eq!(sets["items"], json!([]));
    assert_eq!(said(&check(&env, &[], &[&large], 0)[0]), ("Admitted", 0, 0, vec![]));

    // Resumed in the manifest, its pods are judged.
    let running = of(false, 1, "1");
    assert_eq!(said(&check(&env, &[], &[&running], 0)[0]), ("Admitted", 1, 1, vec![]));
    api.merge_patch(&path, &json!({"spec": running["spec"]})).expect("an update");
    api.wait_for(&path, "a pod", |web| web["status"]["readyReplicas"] == 1).expect("a pod");
    wait_for_status(&namespace, "few", |status| status["used"]["pods"] == "1");

    // Paused again, with another template and more replicas: it makes more pods of the template that runs.
    let more = of(true, 3, "1m");
    let message = "pods \"web-*\" is forbidden: exceeded quota: few, requested: requests.cpu=1, \
                   used: requests.cpu=2, limited: requests.cpu=2500m";
    let rows = check(&env, &[], &[&more], 3);
    assert_eq!(said(&rows[0]), ("Refused", 2, 1, vec![message]));
    assert_eq!(rows[0]["warnings"], json!([warning]));
    api.merge_patch(&path, &json!({"spec": more["spec"]})).expect("an update");
    assert_eq!(newest_refusal(&namespace, "web", message.split_once("forbidden").expect("words").1), message);
    // What its pods are of then stands in its ReplicaSets alone.
    api.wait_for(&path, "two pods", |web| seen(web) && web["status"]["replicas"] == 2).expect("two pods");
    let rows = check(&env, &[], &[&more], 4);
    assert_eq!(said(&rows[0]), ("Unknown", 1, 0, vec![]));
    assert_eq!(
        rows[0]["doubt"],
        json!("it is paused with pods of an earlier template, which only its ReplicaSets know")
    );
}
