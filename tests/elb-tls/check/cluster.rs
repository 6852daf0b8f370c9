//! `check` on a real control plane.

use ::support::{Output, cluster, fresh_namespace};
use cluster::Rule;
use serde_json::{Value, json};

use crate::support::{ARN, CLASSIC_HOST, PREFIX, administrator, create, event, set_hostname, textbook, user};

fn rules(output: &Output) -> Vec<Value> {
    let found = output.json();
    found["items"].as_array().expect("items").iter().map(|item| item["rule"].clone()).collect()
}

#[test]
fn a_live_service_with_its_last_failure() {
    let namespace = fresh_namespace("check");
    let service = create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443, 80")]);
    set_hostname(&namespace, CLASSIC_HOST);
    let uid = &service["metadata"]["uid"];
    event(
        &namespace,
        uid,
        "Warning",
        "SyncLoadBalancerFailed",
        "Error syncing load balancer: x",
        "2026-01-01T00:00:05Z",
    );
    let output = administrator()
        .run("kubectl", ["elb-tls", "check", "nodejs", "-n", &namespace, "-o", "json"])
        .exits(3);
    let found = rules(&output);
    for rule in ["ELB-SYN-001", "ELB-PRT-003"] {
        assert!(found.contains(&json!(rule)), "{output}");
    }
    event(&namespace, uid, "Normal", "EnsuredLoadBalancer", "Ensured load balancer", "2026-01-01T00:00:09Z");
    let output = administrator()
        .run("kubectl", ["elb-tls", "check", "nodejs", "-n", &namespace, "-o", "json"])
        .exits(3);
    assert!(!rules(&output).contains(&json!("ELB-SYN-001")), "{output}");
}

#[test]
fn a_certificate_of_another_region_by_hostname_and_by_node() {
    let namespace = fresh_namespace("check");
    let elsewhere = ARN.replace("us-east-1", "eu-west-1");
    create(&namespace, &[("ssl-cert", &elsewhere), ("ssl-ports", "443")]);
    set_hostname(&namespace, CLASSIC_HOST);
    let output =
        administrator().run("kubectl", ["elb-tls", "check", "-n", &namespace, "-o", "json"]).exits(3);
    let found = output.json();
    let finding =
        found["items"].as_array().expect("items").iter().find(|item| item["rule"] == "ELB-ARN-005").cloned();
    let finding = finding.unwrap_or_else(|| panic!("{output}"));
    assert_eq!(finding["evidence"], format!("the hostname {CLASSIC_HOST}"));
}

#[test]
fn a_file_beside_the_cluster_knows_what_is_live() {
    let namespace = fresh_namespace("check");
    create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    set_hostname(&namespace, CLASSIC_HOST);
    let env = administrator();
    env.file("nodejs.yaml", textbook(&namespace, &[]).to_string());
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.yaml", "-o", "json"]).exits(3);
    assert!(rules(&output).contains(&json!("ELB-IMP-005")), "{output}");
    let output = env
        .run("kubectl", ["elb-tls", "check", "-f", "nodejs.yaml", "-o", "json", "--allow-plaintext"])
        .exits(0);
    assert!(!rules(&output).contains(&json!("ELB-IMP-005")), "{output}");
    let output =
        env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.yaml", "-o", "json", "--local"]).exits(0);
    assert!(!rules(&output).contains(&json!("ELB-IMP-005")), "{output}");
}

#[test]
fn a_forbidden_list_is_no_empty_list() {
    let namespace = fresh_namespace("check");
    create(&namespace, &[]);
    let env = user("elb-nobody");
    let output = env.run("kubectl", ["elb-tls", "check", "-n", &namespace]).exits(6);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("cannot list resource \"services\""), "{output}");
}

#[test]
fn all_namespaces_forbidden_is_the_namespace_in_effect_and_incomplete() {
    let namespace = fresh_namespace("check");
    create(&namespace, &[]);
    let services = Rule::core(&["services"], &["get", "list"]);
    cluster().grant("elb-reader", Some(&namespace), &[services]).expect("a role");
    let output = user("elb-reader")
        .run("kubectl", ["elb-tls", "check", "-A", "-n", &namespace, "-o", "json"])
        .exits(4);
    let found = output.json();
    assert_eq!(found["items"][0]["name"], "nodejs");
    let skipped: Vec<_> =
        found["skipped"].as_array().expect("skipped").iter().map(|one| one["resource"].clone()).collect();
    assert_eq!(skipped, ["services", "events"]);
}

#[test]
fn nodes_that_may_not_be_read_leave_a_certificate_open() {
    let namespace = fresh_namespace("check");
    create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    let readable = [Rule::core(&["services", "events"], &["get", "list"])];
    cluster().grant("elb-blind", Some(&namespace), &readable).expect("a role");
    let env = user("elb-blind");
    let output = env.run("kubectl", ["elb-tls", "check", "nodejs", "-n", &namespace, "-o", "json"]).exits(4);
    assert_eq!(output.json()["skipped"][0]["resource"], "nodes");
    env.run("kubectl", ["elb-tls", "check", "nodejs", "-n", &namespace, "--region", "us-east-1"]).exits(0);
    set_hostname(&namespace, CLASSIC_HOST);
    env.run("kubectl", ["elb-tls", "check", "nodejs", "-n", &namespace]).exits(0);
}

#[test]
fn gitops_and_kubectl_apply_are_named() {
    let namespace = fresh_namespace("check");
    let mut service = textbook(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    service["metadata"]["annotations"]["argocd.argoproj.io/tracking-id"] = json!("shop:/Service:shop/nodejs");
    let applied = textbook(&namespace, &[("ssl-cert", "other")]).to_string();
    service["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"] = json!(applied);
    cluster().api().create(&service).expect("a Service");
    let output = administrator()
        .run("kubectl", ["elb-tls", "check", "nodejs", "-n", &namespace, "-o", "json"])
        .exits(0);
    let found = output.json();
    let of = |rule: &str| {
        found["items"].as_array().expect("items").iter().find(|item| item["rule"] == rule).cloned()
    };
    assert_eq!(
        of("ELB-GIT-001").expect("Argo CD")["message"],
        "the Service is managed by Argo CD, Application shop"
    );
    assert_eq!(of("ELB-GIT-002").expect("apply")["key"], format!("{PREFIX}ssl-cert"));
}
