//! What is pasted: the server's own words, judged by what is true now.

use serde_json::{Value, json};
use support::{Output, TestEnv, cluster, fresh_namespace};

use super::{template, workload};
use crate::objects::limit_range;
use crate::support::{
    administrator, create, enforced_quota, follow, pods, told, user, wait_for_status, without_cluster,
};

fn paste(env: &TestEnv, namespace: &str, text: &str, words: &[&str]) -> Output {
    env.command("kubectl", [&["quota", "explain", "-", "-n", namespace], words].concat()).stdin(text).run()
}

fn bare_pod(name: &str, cpu: &str) -> String {
    let mut pod = template(name, &json!({"cpu": cpu}));
    pod["apiVersion"] = json!("v1");
    pod["kind"] = json!("Pod");
    pod["metadata"]["name"] = json!(name);
    pod.to_string()
}

#[test]
fn a_bare_pods_refusal_is_told_by_the_numbers_of_now() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "compute.all", &json!({"requests.cpu": "1", "pods": "10"}));
    create(&workload("Deployment", &namespace, "other", 3, &json!({"cpu": "300m"})));
    pods(&namespace, "other", 3);
    wait_for_status(&namespace, "compute.all", |status| status["used"]["requests.cpu"] == "900m");
    env.file("pod.json", bare_pod("single", "500m"));
    let refused = env.run("kubectl", ["create", "-n", &namespace, "-f", "pod.json"]).exits(1);
    let sentence = "pods \"single\" is forbidden: exceeded quota: compute.all, requested: requests.cpu=500m, used: requests.cpu=900m, limited: requests.cpu=1";
    assert!(refused.stderr.contains(sentence), "{refused}");

    // Others changed what the text tells of.
    env.run("kubectl", ["scale", "deployment/other", "-n", &namespace, "--replicas=2"]).success();
    wait_for_status(&namespace, "compute.all", |status| status["used"]["requests.cpu"] == "600m");
    let output = paste(&env, &namespace, &refused.stderr, &[]).exits(3);
    let expected = format!(
        "\
pods single: would be refused again now
  {sentence}

QUOTA         RESOURCE       REQUESTED   USED   FREE   HARD   SHORT BY
compute.all   requests.cpu   500m        600m   400m   1      100m

QUOTA         RESOURCE       USED BY            OBJECTS   USED   SHARE
compute.all   requests.cpu   Deployment/other   2         600m   100%

Any one of these fixes it:
  kubectl patch resourcequota compute.all -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"requests.cpu\":\"1100m\"}}}}}}'
  kubectl scale deployment other -n {namespace} --replicas=1
"
    );
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (expected.as_str(), ""));

    let report = paste(&env, &namespace, &refused.stderr, &["-o", "json"]).exits(3).json();
    assert_eq!((&report["apiVersion"], &report["kind"]), (&json!("kubectl-quota/v1"), &json!("Explanation")));
    follow(&env, report["fix"][1].as_str().expect("a command"));
    wait_for_status(&namespace, "compute.all", |status| status["used"]["requests.cpu"] == "300m");
    let output = paste(&env, &namespace, &refused.stderr, &[]).exits(0);
    assert_eq!(
        (output.stdout.as_str(), output.stderr.as_str()),
        ("pods single: would be admitted now\n", "")
    );
    env.run("kubectl", ["create", "-n", &namespace, "-f", "pod.json"]).success();
}

#[test]
fn what_kubectl_describe_shows_can_be_pasted() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "few", &json!({"pods": "0"}));
    create(&workload("ReplicaSet", &namespace, "web", 1, &json!({"cpu": "1m"})));
    told(&namespace, "ReplicaSet", "(combined from similar events): ");
    let described = env.run("kubectl", ["describe", "rs/web", "-n", &namespace]).success().stdout;
    assert!(described.contains("(combined from similar events): Error creating: pods"), "{described}");
    let report = paste(&env, &namespace, &described, &["-o", "json"]).exits(3).json();
    // Each try has a made-up name of its own, and all are the same shortage.
    let rows = report["refusals"].as_array().expect("rows");
    assert_eq!(
        (rows.len(), &rows[0]["resource"], &rows[0]["short"]["quantity"]),
        (1, &json!("pods"), &json!("1"))
    );
    let patch = "'{\"spec\":{\"hard\":{\"pods\":\"1\"}}}'";
    assert_eq!(
        report["fix"],
        json!([format!("kubectl patch resourcequota few -n {namespace} --type merge -p {patch}")])
    );
    let events = env.run("kubectl", ["get", "events", "-n", &namespace, "-o", "json"]).success().stdout;
    let report = paste(&env, &namespace, &events, &["-o", "json"]).exits(3).json();
    assert_eq!(report["refusals"].as_array().map(Vec::len), Some(1), "{report:#}");
}

#[test]
fn rules_that_were_changed_since_are_not_repeated() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "compute", &json!({"limits.cpu": "2"}));
    let range = |most: &str| {
        limit_range(&namespace, "bounds", &json!({"type": "Container", "max": {"memory": most}}))
    };
    create(&range("1Gi"));
    let must = "pods \"p\" is forbidden: failed quota: compute: must specify limits.cpu for: app";
    let bound = "pods \"p\" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi";
    let state = |text: &str, status: i32| {
        paste(&env, &namespace, text, &["-o", "json"]).exits(status).json()["state"].clone()
    };
    assert_eq!(state(must, 3), json!("Refused"));
    assert_eq!(state(bound, 3), json!("Refused"));
    let path = format!("/api/v1/namespaces/{namespace}/limitranges/bounds");
    let wider = json!({"spec": {"limits": [{"type": "Container", "max": {"memory": "2Gi"}, "default": {"cpu": "1", "memory": "1Gi"}, "defaultRequest": {"cpu": "1", "memory": "1Gi"}}]}});
    cluster().api().merge_patch(&path, &wider).expect("a wider range");
    assert_eq!(state(must, 0), json!("Admissible"));
    assert_eq!(state(bound, 0), json!("Admissible"));
}

#[test]
fn what_is_no_shortage_says_so() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    let summary = |text: &str, status: i32| {
        let output = paste(&env, &namespace, text, &[]).exits(status);
        assert_eq!(output.stderr, "", "{output}");
        output.stdout
    };
    let race = "Error from server (Conflict): error when creating \"x\": Operation cannot be fulfilled on resourcequotas \"q\": the object has been modified; please apply your changes to the latest version and try again";
    assert_eq!(
        summary(race, 0),
        "this: would be admitted now\n\nNotes:\n  not a shortage: quota q was updated at the same time; try again\n"
    );
    let security = "pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)";
    assert_eq!(
        summary(security, 3),
        format!(
            "pods p: refused, but not by a quota or LimitRange\n  {security}\n\nNotes:\n  not caused by a quota or LimitRange: Pod Security admission rejects such pods, by the namespace's label pod-security.kubernetes.io/enforce\n"
        )
    );
    let gone =
        "pods \"p\" is forbidden: exceeded quota: gone, requested: pods=1, used: pods=1, limited: pods=1";
    assert_eq!(
        summary(gone, 4),
        format!(
            "pods p: whether it would be refused again is unknown\n  {gone}\n\n\
             QUOTA   RESOURCE   REQUESTED   USED   FREE   HARD   SHORT BY\n\
             gone    pods       1           1      0      1      1\n\n\
             Notes:\n  namespace {namespace} has no quota gone: it was deleted, belongs to another namespace (use -n), or is a quota over several namespaces\n  \
             the amounts are those in the text, as of then\n"
        )
    );
    let scope = "insufficient quota to match these scopes: [{PriorityClass In [system-cluster-critical]}]";
    let report = paste(&env, &namespace, scope, &["-o", "json"]).exits(3).json();
    follow(&env, report["fix"][0].as_str().expect("a command"));
    let made = cluster()
        .api()
        .get(&format!("/api/v1/namespaces/{namespace}/resourcequotas/priorityclass"))
        .expect("a quota");
    assert_eq!(
        made["spec"]["scopeSelector"]["matchExpressions"][0]["values"],
        json!(["system-cluster-critical"])
    );

    let nothing = paste(&env, &namespace, "it does not work", &[]).exits(1);
    assert_eq!(
        (nothing.stdout.as_str(), nothing.stderr.as_str()),
        (
            "",
            "error: this text contains no refusal of an API server\nhint: paste a message with `is forbidden:` or `is invalid:`, as events and `kubectl apply` show it\n"
        )
    );
    let twice = env.command("kubectl", ["quota", "explain", "-", "--from", "-"]).stdin("x").run().exits(2);
    assert!(twice.stderr.starts_with("error: standard input can be read only once\n"), "{twice}");
}

#[test]
fn without_a_cluster_the_text_speaks_for_itself() {
    let env = without_cluster();
    let text =
        "pods \"p\" is forbidden: exceeded quota: q, requested: pods=2, used: pods=9, limited: pods=10";
    let words = ["explain", "-", "-o", "json", "-n", "team", "-s", "https://127.0.0.1:1"];
    let output = env.command("kubectl-quota", words).stdin(text).run().exits(4);
    let report = output.json();
    assert_eq!(report["state"], json!("Unknown"));
    assert_eq!(report["refusals"][0]["short"], json!({"quantity": "1", "decimal": "1"}));
    let kept: Value = report["notes"].clone();
    assert_eq!(
        kept,
        json!(["these are the amounts in the text, as of then: the current quotas cannot be read"])
    );
    assert!(output.stderr.starts_with("Warning: can't read resourcequotas in namespace team: "), "{output}");
}

#[test]
fn the_role_of_explain_tells_what_it_does_not_cover() {
    let namespace = fresh_namespace("explain");
    enforced_quota(&namespace, "few", &json!({"services": "0"}));
    let administrator = administrator();
    let role = administrator.run("kubectl", ["quota", "rbac", "explain", "-n", &namespace]).success().stdout;
    administrator.command("kubectl", ["apply", "-f", "-"]).stdin(role).run().success();
    let name = format!("{namespace}-reader");
    let env = user(&name);
    let binding = [
        "create",
        "rolebinding",
        "reader",
        "-n",
        &namespace,
        "--role=kubectl-quota-explain",
        &format!("--user={name}"),
    ];
    administrator.run("kubectl", binding).success();
    let refusal = "services \"web\" is forbidden: exceeded quota: few, requested: services=1, used: services=0, limited: services=0";
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let mut output = paste(&env, &namespace, refusal, &[]);
    // The authorizer learns of a role a moment later.
    while output.stderr.matches("Warning: ").count() != 1 && std::time::Instant::now() < deadline {
        output = paste(&env, &namespace, refusal, &[]);
    }
    let output = output.exits(3);
    let warning = format!(
        "Warning: can't list services in namespace {namespace}: services is forbidden: User \"{name}\" cannot list resource \"services\" in API group \"\" in the namespace \"{namespace}\"; who uses what the quota limits is not shown\n"
    );
    assert_eq!(output.stderr, warning);
    assert!(output.stdout.contains("few     services   1           0      0      0      1\n"), "{output}");
}
