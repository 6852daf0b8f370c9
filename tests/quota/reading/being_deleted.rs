//! Workloads that are being deleted and that a finalizer keeps: their controllers create nothing more, whatever room there is.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{batch, on_nodes_of, template, workload},
    support::{add_nodes, administrator, check, enforced_quota, told, wait_for_status},
};

const KINDS: [&str; 4] = ["StatefulSet", "ReplicaSet", "DaemonSet", "Job"];

/// One workload of each kind, none of whose pods the quota admits.
fn workloads(namespace: &str) -> Vec<Value> {
    let of_kind = |kind: &&str| {
        let name = kind.to_lowercase();
        let mut pods = on_nodes_of(namespace, template(&name, &json!({"cpu": "1m"})));
        let mut object = match *kind {
            "Job" => {
                pods["spec"]["restartPolicy"] = json!("Never");
                batch(kind, namespace, &name, &json!({"template": pods}))
            }
            kind => workload(kind, namespace, &name, 2, pods),
        };
        object["metadata"]["finalizers"] = json!(["example.com/stay"]);
        object
    };
    KINDS.iter().map(of_kind).collect()
}

fn path(object: &Value) -> String {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let (version, kind) = (text(&object["apiVersion"]), text(&object["kind"]).to_lowercase());
    let metadata = &object["metadata"];
    format!("/apis/{version}/namespaces/{}/{kind}s/{}", text(&metadata["namespace"]), text(&metadata["name"]))
}

fn json_of(env: &TestEnv, namespace: &str, words: &str, status: i32) -> Value {
    let line = format!("quota {words} -n {namespace} -o json");
    env.run("kubectl", line.split(' ')).exits(status).json()
}

#[test]
fn what_is_being_deleted_lacks_nothing_and_rolls_nothing_out() {
    let namespace = fresh_namespace("deleted");
    let api = cluster().api();
    add_nodes(&namespace, 1);
    enforced_quota(&namespace, "none", &json!({"pods": "0"}));
    let all = workloads(&namespace);
    api.create_all(&all).expect("workloads");
    for kind in KINDS {
        told(&namespace, kind, "exceeded quota: none");
    }
    let env = administrator();
    assert_eq!(json_of(&env, &namespace, "explain", 3)["items"].as_array().map(Vec::len), Some(4));
    for one in &all {
        api.delete(&path(one)).expect("a deletion");
        api.wait_for(&path(one), "its end", |one| !one["metadata"]["deletionTimestamp"].is_null())
            .expect("its end");
    }

    assert_eq!(json_of(&env, &namespace, "explain", 0)["items"], json!([]));
    assert_eq!(json_of(&env, &namespace, "rollout", 0)["items"], json!([]));
    assert_eq!(json_of(&env, &namespace, "fits", 0)["items"], json!([]));
    assert_eq!(json_of(&env, &namespace, "what-if --hard pods=1", 0)["workloads"], json!([]));
    for (command, kind) in [("rollout", "StatefulSet"), ("fits", "ReplicaSet")] {
        let name = kind.to_lowercase();
        let output = env.run("kubectl", ["quota", command, kind, &name, "-n", &namespace]).exits(1);
        let words = format!("error: {kind} {name} is being deleted: its controller creates nothing more\n");
        assert_eq!((output.stdout.as_str(), output.stderr), ("", words));
    }
    for row in check(&env, &[], &all, 0) {
        let kind = row["kind"].as_str().expect("a kind");
        let warning = format!(
            "the {kind} is being deleted: its controller creates nothing more, and it is gone once its finalizers are"
        );
        assert_eq!(row["pods"], json!({"wanted": 0, "admitted": 0}), "{kind}");
        assert_eq!(row["warnings"], json!([warning]), "{kind}");
    }

    // With room for all of them no pod comes.
    let quota = format!("/api/v1/namespaces/{namespace}/resourcequotas/none");
    api.merge_patch(&quota, &json!({"spec": {"hard": {"pods": "9"}}})).expect("room");
    wait_for_status(&namespace, "none", |status| status["hard"]["pods"] == "9");
    for one in &all {
        let again = json!({"metadata": {"annotations": {"try": "again"}}});
        api.merge_patch(&path(one), &again).expect("an annotation");
    }
    let pods = api.get(&format!("/api/v1/namespaces/{namespace}/pods")).expect("pods");
    assert_eq!(pods["items"], json!([]));
    for one in &all {
        api.merge_patch(&path(one), &json!({"metadata": {"finalizers": null}})).expect("its end");
    }
}
