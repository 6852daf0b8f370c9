//! `--strict`, and the rules of other versions: `--k8s` beside a real server that behaves as that version.

use cluster::{Cluster, Options};
use serde_json::{Value, json};
use support::{TestEnv, cluster, executable, fresh_namespace};

use crate::objects::{limit_range, list, pod, quota};
use crate::support::{QUOTA, administrator, enforced_quota, without_cluster};

/// A pod whose containers say nothing, and which says it all as a whole.
fn pod_as_a_whole(namespace: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": namespace},
        "spec": {"resources": {"requests": {"cpu": "100m"}}, "containers": [{"name": "a", "image": "a"}]},
    })
}

fn check(env: &TestEnv, words: &[&str], object: &Value, status: i32) -> Value {
    let arguments = [&["quota", "check", "-f", "-", "-o", "json"], words].concat();
    env.command("kubectl", arguments).stdin(object.to_string()).run().exits(status).json()
}

#[test]
fn a_server_is_judged_by_the_version_it_emulates() {
    // The API server plays the older version itself, with its features and defaults.
    let older = Cluster::start(Options { nodes: false, emulates: Some("1.35".into()), ..Options::default() })
        .expect("a control plane");
    let api = older.api();
    let name = "older";
    api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}))
        .expect("a namespace");
    api.create(&quota(name, "few", &json!({"requests.cpu": "1", "limits.cpu": "1"}))).expect("a quota");
    api.wait_for(&format!("/api/v1/namespaces/{name}/resourcequotas/few"), "its status", |quota| {
        quota["status"]["used"].is_object()
    })
    .expect("a status");
    api.wait_for(&format!("/api/v1/namespaces/{name}/serviceaccounts/default"), "an account", |_| true)
        .expect("an account");
    // Since 1.37 the limits of all containers become a limit of the pod, and the sum of their requests at least its limit.
    let mut pod = pod_as_a_whole(name);
    pod["spec"]["resources"]["requests"]["cpu"] = Value::from("1200m");
    pod["spec"]["containers"][0]["resources"] = json!({"limits": {"cpu": "900m"}});
    let path = format!("/api/v1/namespaces/{name}/pods?dryRun=All");
    let answer = api.request("POST", &path, None, Some(&pod)).expect("an answer");
    let start = "pods \"p\" is forbidden: exceeded quota: few, requested: ";
    let words = format!("{start}requests.cpu=1200m, used: requests.cpu=0, limited: requests.cpu=1");
    assert_eq!((answer.status, &answer.body["message"]), (403, &json!(words)));
    let env = TestEnv::on(&older).program(executable(QUOTA));
    let report = check(&env, &[], &pod, 3);
    assert_eq!((&report["kubernetes"], &report["objects"][0]["messages"]), (&json!("1.35"), &json!([words])));
    let report = check(&env, &["--k8s", "1.37"], &pod, 3);
    let words = format!(
        "{start}limits.cpu=1200m,requests.cpu=1200m, used: limits.cpu=0,requests.cpu=0, limited: limits.cpu=1,requests.cpu=1"
    );
    assert_eq!(report["objects"][0]["messages"], json!([words]));
}

#[test]
fn the_version_is_the_servers_unless_another_is_named() {
    let namespace = fresh_namespace("version");
    enforced_quota(&namespace, "few", &json!({"requests.cpu": "1"}));
    let env = administrator();
    let whole = pod_as_a_whole(&namespace);
    let report = check(&env, &[], &whole, 0);
    assert_eq!(report["kubernetes"], "1.37");
    let report = check(&env, &["--k8s", "1.33"], &whole, 3);
    assert_eq!(report["objects"][0]["warnings"], json!(["Kubernetes 1.33 drops the field resources"]));
    assert_eq!(
        report["objects"][0]["messages"],
        json!(["pods \"p\" is forbidden: failed quota: few: must specify requests.cpu for: a"])
    );
    let output = env.run("kubectl", ["quota", "check", "-f", "-", "--k8s", "1.40"]).exits(2);
    assert_eq!(output.stderr, "error: the rules of Kubernetes 1.40 are not known here: 1.30 to 1.37 are\n");

    // A pod that grows is no business of servers before 1.33.
    let mut there = pod(&namespace, "grows", &json!({"cpu": "100m"}));
    cluster().api().create(&there).expect("a pod");
    there["spec"]["containers"][0]["resources"]["requests"]["cpu"] = Value::from("200m");
    check(&env, &["--subresource", "resize"], &there, 0);
    // `kubectl apply` changes no resources of a pod, on any server.
    for words in [["--k8s", "1.32", "--subresource", "resize"].as_slice(), &[]] {
        let report = check(&env, words, &there, 3);
        let message = report["objects"][0]["messages"][0].as_str().expect("a message");
        assert!(message.starts_with(
            "Pod \"grows\" is invalid: spec: Forbidden: pod updates may not change fields other than"
        ));
    }
}

#[test]
fn what_is_uncertain_is_a_refusal_to_the_strict() {
    let namespace = fresh_namespace("strict");
    enforced_quota(&namespace, "few", &json!({"requests.cpu": "1"}));
    let range = |name: &str, cpu: &str| {
        limit_range(&namespace, name, &json!({"type": "Container", "defaultRequest": {"cpu": cpu}}))
    };
    let api = cluster().api();
    api.create_all(&[range("a", "100m"), range("b", "200m")]).expect("LimitRanges");
    let pod = pod(&namespace, "p", &json!({}));
    let env = administrator();
    let report = check(&env, &[], &pod, 0);
    let why = "several LimitRanges set different defaults, and the server applies one at random; what is charged depends on it";
    assert_eq!(report["objects"][0]["warnings"], json!([why]));
    let report = check(&env, &["--strict"], &pod, 3);
    assert_eq!(report["objects"][0]["verdict"], "Admitted");
    let rollout = json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "r", "namespace": namespace},
        "spec": {"template": {"spec": {"containers": [{"name": "a", "image": "a"}]}}},
    });
    let definition = json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "rollouts.argoproj.io"},
        "spec": {
            "group": "argoproj.io", "scope": "Namespaced", "names": {"kind": "Rollout", "plural": "rollouts"},
            "versions": [{"name": "v1alpha1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}],
        },
    });
    let both = list(&[definition, rollout]);
    check(&env, &[], &both, 4);
    check(&env, &["--strict"], &both, 3);
}

#[test]
fn what_was_assumed_of_a_dump_is_said_where_it_matters() {
    let env = without_cluster();
    env.file("dump.json", quota("team", "few", &json!({"pods": "1"})).to_string());
    env.file("pod.json", pod_as_a_whole("team").to_string());
    let run = |words: &[&str]| {
        let arguments = [&["check", "-f", "pod.json", "--from", "dump.json"], words].concat();
        env.run("kubectl-quota", arguments).exits(0).stderr
    };
    assert_eq!(
        run(&[]),
        "The dump does not say its Kubernetes version: assuming 1.37; set another with --k8s\n"
    );
    assert_eq!(run(&["--k8s", "1.35"]), "");
}
