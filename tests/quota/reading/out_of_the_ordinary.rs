//! Namespaces out of the ordinary: one that is being deleted, one with many quotas of many long names.

use serde_json::{Map, json};
use support::{cluster, fresh_namespace};

use crate::support::{administrator, create, enforced_quota, wait_for_status};

#[test]
fn a_namespace_that_is_being_deleted_is_read_like_any() {
    let namespace = fresh_namespace("ending");
    // GKE writes such amounts.
    let mut quota = crate::objects::quota(&namespace, "gke", &json!({"pods": "1G", "services": "5k"}));
    quota["metadata"]["finalizers"] = json!(["example.com/stay"]);
    create(&quota);
    wait_for_status(&namespace, "gke", |status| status["used"]["pods"] == "0");
    let path = format!("/api/v1/namespaces/{namespace}");
    cluster().api().delete(&path).expect("a deletion");
    let is_ending = |one: &serde_json::Value| one["status"]["phase"] == "Terminating";
    cluster().api().wait_for(&path, "a namespace that ends", is_ending).expect("a namespace that ends");
    let env = administrator();
    let run = |line: &str, status: i32| {
        let words = line.split(' ').chain(["-n", &namespace]);
        let output = env.run("kubectl", ["quota"].into_iter().chain(words)).exits(status);
        (output.stdout, output.stderr)
    };
    let usage = "\
QUOTA   RESOURCE   USED   HARD   FREE   USE%   STATE
gke     pods       0      1G     1G     0%     Ok
gke     services   0      5k     5k     0%     Ok
";
    assert_eq!(run("usage", 0), (usage.to_owned(), String::new()));
    assert_eq!(run("verify", 0), (String::new(), "2 amounts recounted: no drift\n".to_owned()));
    let nothing = format!("Nothing in namespace {namespace} uses what its quotas limit\n");
    assert_eq!(run("who", 0), (String::new(), nothing));
    let nothing = format!("Nothing is stuck in namespace {namespace}\n");
    assert_eq!(run("explain", 0), (String::new(), nothing));
    // Where nothing can be created, nothing fits and nothing rolls out, as `check` says.
    let web = crate::objects::deployment(&namespace, "web", 2, crate::objects::template("web", &json!({})));
    let verdict = |command: &str, status: i32| {
        let words = ["quota", command, "-f", "-", "-n", &namespace, "-o", "json"];
        env.command("kubectl", words).stdin(web.to_string()).run().exits(status).json()
    };
    let words = format!(
        "deployments.apps \"web\" is forbidden: unable to create new content in namespace {namespace} because it is being terminated"
    );
    assert_eq!(verdict("check", 3)["objects"][0]["messages"], json!([words]));
    let fits = verdict("fits", 0);
    let by = json!([{"kind": "Namespace", "name": namespace, "resource": null}]);
    assert_eq!((&fits["fits"], &fits["by"]), (&json!(0), &by), "{fits}");
    let rollout = verdict("rollout", 3);
    assert_eq!(
        (&rollout["verdict"], &rollout["messages"]),
        (&json!("Deadlocks"), &json!([words])),
        "{rollout}"
    );
    let stored = format!("{path}/resourcequotas/gke");
    cluster().api().merge_patch(&stored, &json!({"metadata": {"finalizers": null}})).expect("a patch");
}

#[test]
fn many_quotas_of_many_long_names_are_all_there() {
    let namespace = fresh_namespace("crowd");
    let label = |letter: char| letter.to_string().repeat(60);
    let key = |number: usize| {
        let class = format!("{}.{}.{}.class-{number}", label('a'), label('b'), label('c'));
        format!("{class}.storageclass.storage.k8s.io/requests.storage")
    };
    let hard: Map<_, _> = (0..40).map(|number| (key(number), json!("1Gi"))).collect();
    for number in 0..20 {
        enforced_quota(&namespace, &format!("quota-{number}"), &json!(hard));
    }
    let env = administrator();
    let usage = env.run("kubectl", ["quota", "usage", "-n", &namespace, "-o", "json"]).exits(0);
    let items = usage.json()["items"].as_array().expect("items").clone();
    assert_eq!((items.len(), usage.stderr.as_str()), (800, ""));
    assert!(items.iter().all(|item| item["state"] == "Ok" && item["used"]["decimal"] == "0"), "{usage}");
    // Each resource binds where it is tightest, and here all are.
    assert!(items.iter().all(|item| item["binding"] == true), "{usage}");
    let table = env.run("kubectl", ["quota", "usage", "-n", &namespace]).exits(0).stdout;
    assert_eq!(table.lines().count(), 801);
    let verify = env.run("kubectl", ["quota", "verify", "-n", &namespace]).exits(0);
    assert_eq!((verify.stdout.as_str(), verify.stderr.as_str()), ("", "800 amounts recounted: no drift\n"));
}
