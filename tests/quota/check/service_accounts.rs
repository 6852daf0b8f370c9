//! `check` of pods whose ServiceAccount does not exist: in the words of the server, which is asked the same.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{deployment, list, pod, template},
    support::{administrator, check, create, told, with_made_up_names, without_cluster},
};

fn with_account(mut pod: Value) -> Value {
    pod["spec"]["serviceAccountName"] = json!("robot");
    pod
}

fn account(namespace: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "robot", "namespace": namespace}})
}

fn verdicts(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["verdict"].as_str()).collect()
}

#[test]
fn a_pod_needs_its_service_account() {
    let namespace = fresh_namespace("account");
    let env = administrator();
    let lone = with_account(pod(&namespace, "p", &json!({})));
    let answer = cluster()
        .api()
        .request("POST", &format!("/api/v1/namespaces/{namespace}/pods?dryRun=All"), None, Some(&lone))
        .expect("an answer");
    let rows = check(&env, &[], &[&lone], 3);
    assert_eq!((answer.status, &rows[0]["messages"]), (403, &json!([answer.body["message"]])));

    let web = deployment(&namespace, "web", 2, with_account(template("web", &json!({}))));
    let rows = check(&env, &[], &[&web], 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 2, "admitted": 0}));
    let foretold = rows[0]["messages"][0].as_str().expect("a message");
    // A pod is created once, and a controller tries again until the ServiceAccount is there.
    let robot = account(&namespace);
    assert_eq!(verdicts(&check(&env, &[], &[&robot, &lone, &web], 0)), ["Admitted"; 3]);
    assert_eq!(verdicts(&check(&env, &[], &[&lone, &web, &robot], 3)), ["Refused", "Admitted", "Admitted"]);

    create(&web);
    let event = told(&namespace, "ReplicaSet", "looking up service account");
    let message = with_made_up_names(event["message"].as_str().expect("a message"), "web");
    assert_eq!(message, format!("Error creating: {foretold}"));
    let rollout = env.run("kubectl", ["quota", "rollout", "deploy/web", "-n", &namespace]).exits(3);
    assert!(rollout.stdout.contains(foretold), "{rollout}");
    create(&robot);
    check(&env, &[], &[&lone], 0);
}

#[test]
fn a_service_account_that_the_manifests_fail_to_create_is_missing() {
    let namespace = fresh_namespace("account");
    crate::support::enforced_quota(&namespace, "none", &json!({"count/serviceaccounts": "1"}));
    let lone = with_account(pod(&namespace, "p", &json!({})));
    let rows = check(&administrator(), &[], &[&account(&namespace), &lone], 3);
    assert_eq!(verdicts(&rows), ["Refused", "Refused"]);
}

#[test]
fn a_dump_without_service_accounts_leaves_that_open() {
    let env = without_cluster();
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team"}});
    let lone = with_account(pod("team", "p", &json!({})));
    env.file("p.json", lone.to_string());
    let run = |dump: &[&Value], status: i32| {
        env.file("dump.json", list(dump).to_string());
        let words = ["check", "-f", "p.json", "--from", "dump.json", "-o", "json"];
        env.run(crate::support::QUOTA, words).exits(status).json()
    };
    let open = run(&[&namespace], 0);
    let unchecked = open["unchecked"].as_array().expect("texts");
    assert!(unchecked.contains(&json!("whether the ServiceAccounts exist: the dump has none")), "{open}");
    let mut other = account("team");
    other["metadata"]["name"] = json!("other");
    let refused = run(&[&namespace, &other], 3);
    let said = "pods \"p\" is forbidden: error looking up service account team/robot: serviceaccount \"robot\" not found";
    assert_eq!(refused["objects"][0]["messages"], json!([said]));
    run(&[&namespace, &account("team")], 0);
}
