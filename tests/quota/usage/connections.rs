//! Clusters that can't be reached, or that answer badly.

use std::time::Duration;

use cluster::Expiry;
use serde_json::json;
use support::{FaultServer, Output, Reply, TestEnv, cluster};

use crate::support::{administrator, without_cluster};

fn with_kubeconfig(text: &str) -> TestEnv {
    let env = without_cluster();
    let path = env.file("kubeconfig", text);
    env.variable("KUBECONFIG", path)
}

/// What `usage` says of a server, nothing on stdout and this exit status.
fn said(env: &TestEnv, status: i32) -> String {
    let output: Output = env.run("kubectl-quota", ["usage", "-n", "default"]).exits(status);
    assert_eq!(output.stdout, "", "{output}");
    output.stderr
}

#[test]
fn a_server_that_is_down() {
    let env = with_kubeconfig(
        "{clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}], contexts: [{name: x, context: {cluster: c}}], current-context: x}",
    );
    let text = said(&env, 1);
    assert!(
        text.starts_with(
            "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n"
        ),
        "{text}"
    );
}

#[test]
fn a_certificate_of_another_authority() {
    let env = administrator().kubeconfig(cluster().wrong_authority().expect("a kubeconfig"));
    let text = said(&env, 1);
    assert!(
        text.starts_with("Unable to connect to the server: tls: failed to verify certificate: x509: "),
        "{text}"
    );
}

#[test]
fn an_expired_client_certificate() {
    let expired = cluster().user_until("late", &[], Expiry::Expired).expect("a kubeconfig");
    let text = said(&administrator().kubeconfig(expired), 6);
    assert!(text.starts_with("error: You must be logged in to the server ("), "{text}");
    assert!(text.contains("expired"), "{text}");
}

#[test]
fn a_token_that_is_not_accepted() {
    let text = said(&administrator().kubeconfig(cluster().rejected_token().expect("a kubeconfig")), 6);
    assert!(text.starts_with("error: You must be logged in to the server ("), "{text}");
    assert!(!text.contains("Bearer"), "{text}");
}

#[test]
fn half_an_answer_is_an_error_without_its_body() {
    let server = FaultServer::http();
    let page = Reply::page("ResourceQuotaList", &[json!({"metadata": {"name": "secret-name"}})], None);
    server.on("/api/v1/namespaces/default/resourcequotas", [page.truncated(60)]);
    let text = said(&with_kubeconfig(&server.kubeconfig()), 1);
    assert!(text.starts_with("error: ") && !text.contains("secret-name"), "{text}");
}

#[test]
fn a_page_that_expired_starts_the_list_over() {
    let server = FaultServer::http();
    let quota = |name: &str| {
        json!({
            "metadata": {"name": name, "namespace": "default"},
            "spec": {"hard": {"pods": "1"}},
            "status": {"hard": {"pods": "1"}, "used": {"pods": "0"}},
        })
    };
    let page = |name: &str, next| Reply::page("ResourceQuotaList", &[quota(name)], next);
    server.on(
        "/api/v1/namespaces/default/resourcequotas",
        [page("stale", Some("a")), Reply::expired(), page("one", Some("b")), page("two", None)],
    );
    let env = with_kubeconfig(&server.kubeconfig());
    let output = env.run("kubectl-quota", ["usage", "-n", "default", "-o", "name"]).success();
    assert_eq!(output.stdout, "resourcequota/one\nresourcequota/two\n");
}

#[test]
fn a_slow_server_is_given_up_in_time() {
    let server = FaultServer::http();
    server.on(
        "/api/v1/namespaces/default/resourcequotas",
        [Reply::page("ResourceQuotaList", &[], None).delay(Duration::from_secs(30))],
    );
    let env = with_kubeconfig(&server.kubeconfig());
    let output = env.run("kubectl-quota", ["usage", "-n", "default", "--request-timeout", "300ms"]).exits(1);
    assert!(output.stderr.contains("300ms"), "{output}");
}

#[test]
fn a_busy_server_is_asked_again_and_it_is_said() {
    let server = FaultServer::http();
    let busy = Reply::status(429, "TooManyRequests", "too many requests").header("Retry-After", "0");
    server.on(
        "/api/v1/namespaces/default/resourcequotas",
        [
            busy,
            Reply::page(
                "ResourceQuotaList",
                &[json!({"metadata": {"name": "q"}, "spec": {"hard": {"pods": "1"}}})],
                None,
            ),
        ],
    );
    let env = with_kubeconfig(&server.kubeconfig());
    let output = env.run("kubectl-quota", ["usage", "-n", "default", "-o", "name"]).success();
    assert_eq!(output.stdout, "resourcequota/q\n");
    assert_ne!(output.stderr, "", "the second try is not silent");
}
