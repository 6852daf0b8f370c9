//! Users are who their kubeconfig says, may do what was granted, and show up in the audit log.

use cluster::{Expiry, Rule};
use serde_json::json;
use std::path::Path;
use std::time::Duration;
use support::{TestEnv, cluster, fresh_namespace};

/// kubectl with a user's kubeconfig.
fn kubectl(kubeconfig: &Path, arguments: &[&str]) -> support::Output {
    TestEnv::on(cluster()).kubeconfig(kubeconfig).run("kubectl", arguments)
}

#[test]
fn a_certificate_names_the_user_and_all_groups() {
    let kubeconfig = cluster().user("jane", &["team-a", "team-b", "team-c"]).unwrap();
    let review = kubectl(&kubeconfig, &["auth", "whoami", "-o", "json"]).success().json();
    let info = &review["status"]["userInfo"];
    assert_eq!(info["username"], "jane");
    assert_eq!(info["groups"], json!(["team-a", "team-b", "team-c", "system:authenticated"]));
}

#[test]
fn a_user_may_do_what_was_granted_where_it_was_granted() {
    let (inside, outside) = (fresh_namespace("granted"), fresh_namespace("granted"));
    let kubeconfig = cluster().user("reader", &[]).unwrap();
    let read = |namespace: &str| kubectl(&kubeconfig, &["get", "resourcequotas", "-n", namespace]);
    read(&inside).exits(1);
    let rule = Rule::core(&["resourcequotas"], &["get", "list"]);
    cluster().grant("reader", Some(&inside), &[rule]).unwrap();
    // At once: the grant returns when the authorizer knows of it.
    read(&inside).success();
    let refused = read(&outside).exits(1);
    assert_eq!(
        refused.stderr,
        format!(
            "Error from server (Forbidden): resourcequotas is forbidden: User \"reader\" cannot list resource \"resourcequotas\" in API group \"\" in the namespace \"{outside}\"\n"
        )
    );
    cluster().grant("reader", None, &[Rule::core(&["nodes"], &["list"])]).unwrap();
    kubectl(&kubeconfig, &["get", "nodes"]).success();
    cluster().grant_role("reader", Some(&outside), "view").unwrap();
    read(&outside).success();
}

#[test]
fn a_rule_can_be_for_names_only() {
    let namespace = fresh_namespace("named");
    let kubeconfig = cluster().user("picky", &[]).unwrap();
    let rule = Rule::core(&["configmaps"], &["get"]).named(&["kube-root-ca.crt"]);
    cluster().grant("picky", Some(&namespace), &[rule]).unwrap();
    kubectl(&kubeconfig, &["get", "configmap", "kube-root-ca.crt", "-n", &namespace]).success();
    kubectl(&kubeconfig, &["get", "configmap", "other", "-n", &namespace]).exits(1);
}

#[test]
fn a_service_account_has_a_token_and_its_namespace() {
    let namespace = fresh_namespace("robots");
    let kubeconfig = cluster().service_account(&namespace, "robot").unwrap();
    let user = format!("system:serviceaccount:{namespace}:robot");
    let review = kubectl(&kubeconfig, &["auth", "whoami", "-o", "json"]).success().json();
    assert_eq!(review["status"]["userInfo"]["username"], user);
    cluster().grant(&user, Some(&namespace), &[Rule::core(&["pods"], &["list"])]).unwrap();
    // The context's namespace is the account's.
    kubectl(&kubeconfig, &["get", "pods"]).success();
    // A second kubeconfig of the same account.
    cluster().service_account(&namespace, "robot").unwrap();
}

#[test]
fn an_expired_certificate_a_bad_token_and_a_strange_authority_are_refused() {
    let expired = cluster().user_until("late", &[], Expiry::Expired).unwrap();
    let output = kubectl(&expired, &["get", "namespaces"]).exits(1);
    assert!(output.stderr.contains("You must be logged in to the server"), "{output}");

    let output = kubectl(&cluster().rejected_token().unwrap(), &["get", "namespaces"]).exits(1);
    assert!(output.stderr.contains("You must be logged in to the server"), "{output}");

    let output = kubectl(&cluster().wrong_authority().unwrap(), &["get", "namespaces"]).exits(1);
    assert!(output.stderr.contains("certificate signed by unknown authority"), "{output}");
}

#[test]
fn a_certificate_ends_when_it_was_asked_to() {
    use x509_parser::prelude::parse_x509_pem;
    let now = || x509_parser::time::ASN1Time::now().timestamp();
    let end = |expiry| {
        let kubeconfig = cluster().user_kubeconfig("soon", &["g"], expiry).unwrap();
        let pem = kubeconfig.certificate().unwrap();
        let (_, pem) = parse_x509_pem(pem.as_bytes()).unwrap();
        let certificate = pem.parse_x509().unwrap();
        certificate.validity().not_after.timestamp()
    };
    for (expiry, seconds) in [(Expiry::In(Duration::from_secs(300)), 300), (Expiry::Expired, -3600)] {
        let (before, end, after) = (now(), end(expiry), now());
        assert!((before + seconds..=after + seconds).contains(&end), "{expiry:?}: {before} {end} {after}");
    }
}

#[test]
fn the_audit_log_tells_who_asked_for_what() {
    let log = cluster().audit_log().unwrap();
    let kubeconfig = cluster().user("counted", &["system:masters"]).unwrap();
    let before = log.position().unwrap();
    kubectl(&kubeconfig, &["get", "--raw", "/api/v1/resourcequotas?limit=500"]).success();
    kubectl(&kubeconfig, &["get", "--raw", "/api/v1/namespaces/nowhere", "--as", "other"]).exits(1);
    let entries: Vec<_> =
        log.since(before).unwrap().into_iter().filter(|entry| entry.user == "counted").collect();
    assert_eq!(entries.len(), 2, "{entries:?}");
    assert_eq!((entries[0].verb.as_str(), entries[0].status), ("list", 200));
    assert_eq!(entries[0].uri, "/api/v1/resourcequotas?limit=500");
    assert!(entries[0].agent.starts_with("kubectl/"), "{entries:?}");
    assert_eq!((entries[1].impersonated.as_deref(), entries[1].status), (Some("other"), 403));
}
