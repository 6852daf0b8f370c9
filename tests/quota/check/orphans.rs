//! Workloads that adopt what is there: pods and ReplicaSets that nobody controls, as `kubectl delete --cascade=orphan` leaves
//! them behind. They need no room in a quota, since they are there already.

use std::fs;

use cluster::Rule;
use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{self, on_nodes_of, template, with_grace},
    support::{add_nodes, administrator, check, enforced_quota, user, wait_until_counted},
};

const KINDS: [&str; 5] = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController"];

fn collection(namespace: &str, kind: &str) -> String {
    match kind {
        "Pod" => format!("/api/v1/namespaces/{namespace}/pods"),
        "ReplicationController" => format!("/api/v1/namespaces/{namespace}/replicationcontrollers"),
        kind => format!("/apis/apps/v1/namespaces/{namespace}/{}s", kind.to_lowercase()),
    }
}

/// A workload of two pods, each of which asks for this much CPU.
fn workload(namespace: &str, kind: &str, cpu: &str) -> Value {
    let pods = on_nodes_of(namespace, with_grace(template("web", &objects::cpu(cpu)), 1));
    let mut workload = objects::workload(kind, namespace, "web", 2, pods);
    if kind == "ReplicationController" {
        workload["apiVersion"] = json!("v1");
        workload["spec"]["selector"] = json!({"app": "web"});
    }
    if kind == "StatefulSet" {
        let resources = json!({"requests": {"storage": "1Gi"}});
        let claim = json!({"accessModes": ["ReadWriteOnce"], "resources": resources});
        workload["spec"]["volumeClaimTemplates"] = json!([{"metadata": {"name": "data"}, "spec": claim}]);
        workload["spec"]["podManagementPolicy"] = json!("Parallel");
    }
    workload
}

/// The names of the pods that nobody controls, or that somebody controls.
fn pods(namespace: &str, are_controlled: bool) -> Vec<String> {
    let found = |pods: &[Value]| {
        pods.len() == 2
            && pods.iter().all(|pod| pod["metadata"]["ownerReferences"].is_array() == are_controlled)
    };
    let pods = cluster().api().wait(&collection(namespace, "Pod"), "", "two pods", found).expect("two pods");
    let names = pods.iter().map(|pod| pod["metadata"]["name"].as_str().expect("a name").to_owned());
    names.collect()
}

/// A namespace whose quota admits two pods, with the two that a workload left behind; and their names.
fn with_orphans(kind: &str) -> (String, Vec<String>) {
    let namespace = fresh_namespace("orphans");
    let api = cluster().api();
    add_nodes(&namespace, 2);
    enforced_quota(&namespace, "full", &json!({"pods": "2", "requests.cpu": "200m"}));
    api.create(&workload(&namespace, kind, "100m")).expect("a workload");
    pods(&namespace, true);
    wait_until_counted(&namespace, "full", &json!({"pods": "2", "requests.cpu": "200m"}));
    api.delete(&format!("{}/web?propagationPolicy=Orphan", collection(&namespace, kind)))
        .expect("a deletion");
    if kind == "Deployment" {
        let is_orphan = |sets: &[Value]| sets.iter().all(|set| set["metadata"]["ownerReferences"].is_null());
        api.wait(&collection(&namespace, "ReplicaSet"), "", "an orphan", is_orphan).expect("an orphan");
    }
    let names = pods(&namespace, kind == "Deployment");
    (namespace, names)
}

fn said(row: &Value) -> (&str, &Value, &Value) {
    (row["verdict"].as_str().expect("a verdict"), &row["pods"], &row["messages"])
}

fn dump(env: &TestEnv, namespace: &str) -> String {
    let kinds = "namespaces,resourcequotas,limitranges,pods,replicasets,persistentvolumeclaims,nodes";
    env.command("kubectl", ["get", kinds, "-n", namespace, "-o", "yaml"]).run().success().stdout
}

#[test]
fn what_is_adopted_is_not_created_anew() {
    for kind in KINDS {
        let (namespace, names) = with_orphans(kind);
        let env = administrator();
        let same = workload(&namespace, kind, "100m");
        let none = json!({"wanted": 0, "admitted": 0});
        let rows = check(&env, &[], &[&same], 0);
        assert_eq!(said(&rows[0]), ("Admitted", &none, &json!([])), "{kind}");

        let file = env.home().join("dump.yaml");
        fs::write(&file, dump(&env, &namespace)).expect("a dump");
        let from = ["--from", file.to_str().expect("a path")];
        assert_eq!(said(&check(&env, &from, &[&same], 0)[0]), ("Admitted", &none, &json!([])), "{kind}");

        if kind != "DaemonSet" {
            let mut more = same.clone();
            more["spec"]["replicas"] = json!(3);
            let rows = check(&env, &[], &[&more], 3);
            let pods = json!({"wanted": 1, "admitted": 0});
            assert_eq!((&rows[0]["verdict"], &rows[0]["pods"]), (&json!("Refused"), &pods), "{kind}");
        }

        if kind != "DaemonSet" {
            let fits = env.command("kubectl", ["quota", "fits", "-f", "-", "-o", "json"]);
            let fits = fits.stdin(same.to_string()).run().exits(0).json();
            let counts = (&fits["replicas"], &fits["fits"]);
            assert_eq!(counts, (&json!(2), &json!(0)), "{kind}: {fits}");
        }
        if matches!(kind, "DaemonSet" | "StatefulSet") {
            // One pod after the other makes room for its successor.
            let rollout = env.command("kubectl", ["quota", "rollout", "-f", "-", "-o", "json"]);
            let rollout = rollout.stdin(same.to_string()).run().exits(0).json();
            assert_eq!(
                (&rollout["verdict"], &rollout["oldPods"]),
                (&json!("Completes"), &json!(2)),
                "{rollout}"
            );
        }

        // The real controller takes them as they are.
        cluster().api().create(&same).expect("the workload again");
        assert_eq!(pods(&namespace, true), names, "{kind}");
    }
}

#[test]
fn adopted_pods_of_another_template_are_replaced_as_by_an_update() {
    for (kind, cpu, verdict, wanted) in [
        ("StatefulSet", "90m", "Admitted", 2),
        ("DaemonSet", "90m", "Admitted", 2),
        ("Deployment", "90m", "Refused", 2),
        ("StatefulSet", "110m", "Refused", 2),
        // A change of its template replaces no pod.
        ("ReplicaSet", "110m", "Admitted", 0),
    ] {
        let (namespace, _) = with_orphans(kind);
        let changed = workload(&namespace, kind, cpu);
        let rows = check(&administrator(), &[], &[&changed], if verdict == "Refused" { 3 } else { 0 });
        assert_eq!(rows[0]["verdict"], verdict, "{kind} {cpu}: {}", rows[0]);
        assert_eq!(rows[0]["pods"]["wanted"], wanted, "{kind} {cpu}: {}", rows[0]);
    }
}

#[test]
fn what_another_controls_or_does_not_match_is_not_adopted() {
    let (namespace, _) = with_orphans("ReplicaSet");
    let mut other = workload(&namespace, "ReplicaSet", "100m");
    other["spec"]["selector"]["matchLabels"]["app"] = json!("other");
    other["spec"]["template"]["metadata"]["labels"]["app"] = json!("other");
    let rows = check(&administrator(), &[], &[&other], 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 2, "admitted": 0}));

    cluster().api().create(&workload(&namespace, "ReplicaSet", "100m")).expect("a ReplicaSet");
    pods(&namespace, true);
    let mut second = workload(&namespace, "ReplicaSet", "100m");
    second["metadata"]["name"] = json!("second");
    let rows = check(&administrator(), &[], &[&second], 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 2, "admitted": 0}));
}

#[test]
fn who_may_not_list_pods_hears_that_some_might_be_adopted() {
    let (namespace, _) = with_orphans("ReplicaSet");
    let reader = format!("reader-{namespace}");
    let rules = [
        Rule::core(&["limitranges", "resourcequotas"], &["list"]),
        Rule::core(&["namespaces", "serviceaccounts"], &["get"]),
        Rule::of("apps", &["replicasets"], &["get"]),
    ];
    cluster().grant(&reader, Some(&namespace), &rules).expect("a role");
    let rows = check(&user(&reader), &[], &[&workload(&namespace, "ReplicaSet", "100m")], 3);
    let warning = "no permission to list pods: those that its selector selects and nothing controls would be adopted, and are not created anew";
    assert_eq!(rows[0]["warnings"], json!([warning]));
}
