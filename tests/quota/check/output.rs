//! The forms of the answer, and what happens without one.

use serde_json::json;
use support::{TestEnv, fresh_namespace};

use crate::support::{administrator, enforced_quota, user, without_cluster};

const QUOTA: &str = "
apiVersion: v1
kind: ResourceQuota
metadata: {name: few, namespace: team}
spec: {hard: {pods: '1', services: '5'}}
status: {hard: {pods: '1', services: '5'}, used: {pods: '1', services: '1'}}
";

const OBJECTS: &str = "
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {generateName: one-more-}
spec: {containers: [{name: app, image: app}]}
";

fn offline() -> TestEnv {
    let env = without_cluster();
    env.file("dump.yaml", QUOTA);
    env.file("objects.yaml", OBJECTS);
    env
}

const ARGUMENTS: [&str; 7] = ["check", "-n", "team", "-f", "objects.yaml", "--from", "dump.yaml"];
const MESSAGE: &str =
    "pods \"one-more-*\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1";

fn run(env: &TestEnv, more: &[&str]) -> support::Output {
    env.run("kubectl-quota", ARGUMENTS.iter().chain(more))
}

#[test]
fn a_table_with_the_servers_words_the_arithmetic_and_the_remedy() {
    let output = run(&offline(), &[]).exits(3);
    let expected = format!(
        "NAMESPACE   KIND      NAME         VERDICT    NEW PODS\n\
         team        Service   front        Admitted   -\n\
         team        Pod       one-more-*   Refused    -\n\
         \n\
         Pod one-more-*\n  {MESSAGE}\n  quota few: pods needs 1 more, 0 of 1 is free: 1 short\n\n\
         To admit everything:\n  kubectl patch resourcequota few -n team --type merge -p '{{\"spec\":{{\"hard\":{{\"pods\":\"2\"}}}}}}'\n\
         \nNot checked:\n  whether the namespaces exist and what Pod Security they enforce: the dump has no Namespace\n  \
         LimitRanges: the dump has none\n  admission webhooks and policies: the dump has none\n"
    );
    assert_eq!(output.stdout, expected);
    assert_eq!(output.stderr, "");
}

#[test]
fn junit_for_ci() {
    let output = run(&offline(), &["-o", "junit"]).exits(3);
    let message = MESSAGE.replace('"', "&quot;");
    assert!(output.stdout.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"kubectl quota check\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"), "{output}");
    assert!(
        output
            .stdout
            .contains("  <testcase classname=\"team.Service\" name=\"front\" file=\"objects.yaml\"/>\n"),
        "{output}"
    );
    assert!(output.stdout.contains(&format!("    <failure message=\"{message}\">{message}\n")), "{output}");
}

#[test]
fn markdown_and_yaml_say_the_same() {
    let output = run(&offline(), &["-o", "markdown"]).exits(3);
    assert!(
        output.stdout.starts_with("| NAMESPACE | KIND | NAME | VERDICT | NEW PODS | SOURCE | MESSAGE |\n"),
        "{output}"
    );
    let output = run(&offline(), &["-o", "yaml"]).exits(3);
    assert!(
        output.stdout.starts_with("apiVersion: kubectl-quota/v1\nkind: CheckReport\nobjects:\n"),
        "{output}"
    );
}

#[test]
fn what_the_server_cannot_read_is_refused_in_its_words() {
    let env = offline();
    env.file("bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, resources: {limits: {cpu: much}}}]}\n");
    let output =
        env.run("kubectl-quota", ["check", "-f", "bad.yaml", "--from", "dump.yaml", "-o", "json"]).exits(3);
    assert_eq!(
        output.json()["objects"][0]["messages"],
        json!([
            "Pod in version \"v1\" cannot be handled as a Pod: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
        ])
    );
}

#[test]
fn a_custom_resource_that_makes_pods_is_left_open() {
    let env = offline();
    env.file("rollout.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n");
    let output = env
        .run(
            "kubectl-quota",
            ["check", "-n", "team", "-f", "rollout.yaml", "--from", "dump.yaml", "-o", "json"],
        )
        .exits(4);
    assert_eq!(output.json()["objects"][0]["verdict"], "Unknown");
}

#[test]
fn what_is_no_manifest_is_an_error_with_its_place() {
    let env = offline();
    env.file("bad/a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n---\nname: x\n");
    let output = env.run("kubectl-quota", ["check", "-f", "bad", "--from", "dump.yaml"]).exits(1);
    assert_eq!(output.stderr, "error: bad/a.yaml, document 2: apiVersion is missing\n");
    let output = env.run("kubectl-quota", ["check", "-f", "-", "--from", "-"]).exits(2);
    assert_eq!(
        output.stderr,
        "error: standard input can be read once only\nhint: give - once, and files for the other inputs\n"
    );
    env.run("kubectl-quota", ["check", "--from", "dump.yaml"]).exits(2);
}

#[test]
fn quotas_that_may_not_be_read_leave_it_open() {
    let namespace = fresh_namespace("check");
    enforced_quota(&namespace, "few", &json!({"pods": "0"}));
    let env = user("check-nobody");
    env.file("objects.yaml", OBJECTS);
    let output =
        env.run("kubectl", ["quota", "check", "-n", &namespace, "-f", "objects.yaml", "-o", "json"]).exits(4);
    let report = output.json();
    assert_eq!(report["objects"][1]["verdict"], "Unknown");
    assert_eq!(report["skipped"][0]["resource"], "resourcequotas");
    // The administrator sees more.
    let env = administrator();
    env.file("objects.yaml", OBJECTS);
    env.run("kubectl", ["quota", "check", "-n", &namespace, "-f", "objects.yaml"]).exits(3);
}
