//! `fits --nodes`: what nodes have room for, foretold and then scheduled by the real scheduler.

use std::fs;

use cluster::{NodeSpec, Rule};
use serde_json::{Value, json};
use shared::base64;
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{cpu, limit_range, list, on_nodes_of, quota, template, workload},
    support::{QUOTA, administrator, create, enforced_quota, pods, user, without_cluster},
};

/// The condition that says why a pod of a namespace has no node.
fn unscheduled(pods: &[Value]) -> Option<String> {
    let conditions = pods.iter().flat_map(|pod| pod["status"]["conditions"].as_array().into_iter().flatten());
    let mut refused = conditions.filter(|one| one["type"] == "PodScheduled" && one["status"] == "False");
    refused.find_map(|one| one["message"].as_str().map(str::to_owned))
}

fn bound(pods: &[Value]) -> usize {
    pods.iter().filter(|pod| pod["spec"]["nodeName"].is_string()).count()
}

/// What a message says of the nodes of this test: those of others come and go.
fn of_own_nodes(message: &str) -> Vec<String> {
    let (first, _) = message.split_once('.').expect("a sentence");
    let (_, reasons) = first.split_once(" nodes are available: ").expect("reasons");
    let is_of_others = |reason: &str| {
        ["didn't match Pod's node affinity/selector", "had untolerated taint(s)"]
            .iter()
            .any(|words| reason.ends_with(words))
    };
    let own = reasons.split(", ").filter(|reason| !is_of_others(reason));
    own.map(str::to_owned).collect()
}

#[test]
fn as_many_find_a_node_as_were_foretold() {
    let namespace = fresh_namespace("on-nodes");
    enforced_quota(&namespace, "compute", &json!({"pods": "9"}));
    let sizes = ["1", "2"].iter().enumerate().map(|(number, size)| {
        NodeSpec::new(&format!("{namespace}-{number}"))
            .label("for", &namespace)
            .taint("for", &namespace, "NoSchedule")
            .capacity("cpu", size)
    });
    cluster().add_nodes(&sizes.collect::<Vec<_>>()).expect("nodes");
    // The request comes from the LimitRange: one fits on the smaller node, three on the larger.
    let item = json!({"type": "Container", "defaultRequest": {"cpu": "600m"}});
    create(&limit_range(&namespace, "defaults", &item));
    let web = on_nodes_of(&namespace, template("web", &json!({})));
    create(&workload("Deployment", &namespace, "web", 1, web));
    pods(&namespace, "web", 1);
    let api = cluster().api();
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    api.wait_for(&path, "a ready pod", |web| web["status"]["readyReplicas"] == 1).expect("a ready pod");

    let env = administrator();
    let fits = |words: &[&str]| {
        env.run("kubectl", [&["quota", "fits", "deploy/web", "--nodes", "-n", &namespace], words].concat())
    };
    let told = fits(&["-o", "json"]).success().json();
    assert_eq!((&told["fits"], &told["nodes"]["more"]), (&json!(8), &json!(3)), "{told:#}");
    let message = of_own_nodes(told["nodes"]["message"].as_str().expect("a message"));
    assert_eq!(message, ["2 Insufficient cpu"]);
    let table = fits(&[]).success().stdout;
    let mut lines = table.lines();
    let columns = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
    assert_eq!(columns(lines.next().expect("a header")), "NAMESPACE KIND NAME PODS MORE ON NODES BOUND BY");
    assert_eq!(
        columns(lines.next().expect("a row")),
        format!("{namespace} Deployment web 1 8 3 pods of compute")
    );
    let (_, below) =
        table.split_once("\nThe pod after those on nodes would be Pending:\n  ").expect("a reason");
    assert_eq!(of_own_nodes(below), message, "{table}");
    fits(&["--replicas", "4"]).success();
    fits(&["--replicas", "5"]).exits(3);
    let all =
        env.run("kubectl", ["quota", "fits", "--nodes", "-n", &namespace, "-o", "json"]).success().json();
    let of_all = &all["items"][0]["nodes"];
    assert_eq!(of_all["more"], told["nodes"]["more"]);
    assert_eq!(of_own_nodes(of_all["message"].as_str().expect("a message")), message);

    // Scaled to one more than that, one waits, for the reason that was told.
    api.merge_patch(&path, &json!({"spec": {"replicas": 5}})).expect("more replicas");
    let list = format!("/api/v1/namespaces/{namespace}/pods");
    let settled = |pods: &[Value]| bound(pods) == 4 && pods.len() == 5 && unscheduled(pods).is_some();
    let found = api.wait(&list, "", "four pods on nodes and one that waits", settled).expect("five pods");
    let said = unscheduled(&found).expect("a reason");
    assert_eq!(of_own_nodes(&said), message);

    // Who may not read nodes is told so, and what the quotas say is said all the same.
    let name = format!("{namespace}-user");
    let core = ["resourcequotas", "limitranges", "pods", "namespaces"];
    let rules = [
        Rule::core(&core, &["get", "list"]),
        Rule::of("apps", &["deployments", "replicasets"], &["get", "list"]),
        Rule::of("autoscaling", &["horizontalpodautoscalers"], &["list"]),
    ];
    cluster().grant(&name, Some(&namespace), &rules).expect("a grant");
    let output = user(&name)
        .run("kubectl", ["quota", "fits", "deploy/web", "--nodes", "-n", &namespace, "-o", "json"]);
    assert!(output.stderr.contains("can't list nodes in all namespaces"), "{output}");
    let told = output.exits(4).json();
    assert_eq!((&told["fits"], &told["nodes"]["more"]), (&json!(4), &Value::Null), "{told:#}");
}

/// kubectl and the plugin as the administrator, whose certificate a credential plugin prints, which notes each run in `runs`.
fn with_credential_plugin() -> TestEnv {
    let env = administrator();
    let config = env.run("kubectl", ["config", "view", "--raw", "--minify", "-o", "json"]).success();
    let mut config = config.json();
    let user = config["users"][0]["user"].take();
    let decoded = |field: &str| {
        let bytes =
            base64::decode(user[field].as_str().expect("a certificate or a key").as_bytes()).expect("base64");
        String::from_utf8(bytes).expect("PEM")
    };
    let credential = json!({
        "apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
        "status": {
            "clientCertificateData": decoded("client-certificate-data"), "clientKeyData": decoded("client-key-data"),
        },
    });
    let answer = env.file("credential.json", credential.to_string());
    let runs = answer.with_file_name("runs");
    let text = format!("#!/bin/sh\necho run >> '{}'\ncat '{}'\n", runs.display(), answer.display());
    let program = env.script("login", &text);
    config["users"][0]["user"] = json!({"exec": {
        "apiVersion": "client.authentication.k8s.io/v1", "command": program, "interactiveMode": "Never",
    }});
    let path = env.file("with-plugin", config.to_string());
    env.variable("KUBECONFIG", path)
}

#[test]
fn one_connection_reads_workloads_and_nodes() {
    let namespace = fresh_namespace("on-nodes");
    create(&workload("Deployment", &namespace, "web", 1, template("web", &cpu("1m"))));
    for words in [["fits", "deploy/web", "--nodes"].as_slice(), &["fits", "--nodes"]] {
        let env = with_credential_plugin();
        let output = env.run("kubectl", [&["quota"], words, &["-n", &namespace]].concat()).success();
        assert_eq!(output.stderr, "", "{output}");
        assert!(output.stdout.contains("ON NODES"), "{output}");
        // kubectl itself only starts the plugin.
        let runs = fs::read_to_string(env.home().join("runs")).expect("the runs");
        assert_eq!(runs, "run\n", "{output}");
    }
}

#[test]
fn volumes_of_claims_are_not_looked_at_and_a_dump_without_nodes_says_so() {
    let env = without_cluster();
    let mut web = workload("StatefulSet", "team", "web", 1, template("web", &cpu("1")));
    web["spec"]["template"]["spec"]["volumes"] =
        json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    let node = NodeSpec::new("one").capacity("cpu", "2").to_json();
    let mut few = quota("team", "few", &json!({"pods": "9"}));
    few["status"] = json!({"hard": {"pods": "9"}, "used": {"pods": "0"}});
    env.file("with.json", list(&[&web, &few, &node]).to_string());
    env.file("without.json", list(&[&web, &few]).to_string());
    let fits = |dump: &str| {
        env.run(QUOTA, ["fits", "sts/web", "--nodes", "-n", "team", "--from", dump, "-o", "json"])
    };
    let told = fits("with.json").success().json();
    assert_eq!(told["nodes"]["more"], json!(2));
    assert_eq!(told["nodes"]["unchecked"], json!(["whether nodes can attach the volumes of its claims"]));
    let output = fits("without.json").exits(4);
    assert_eq!(output.stderr, "Warning: can't read nodes in all namespaces: the dump holds no Node\n");
    assert_eq!(output.json()["nodes"]["more"], Value::Null);
}
