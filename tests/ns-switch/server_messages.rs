//! What a server says beside its answers, and how long it takes, on standard error.

use std::time::Duration;

use serde_json::json;
use support::{FaultServer, Reply, TestEnv};

use crate::support::{NS_SWITCH, bare};

const AGAIN: &str = "the server has too many requests (429); asking again in 0 s\n";

fn environment(server: &FaultServer) -> TestEnv {
    let env = bare();
    env.file(".kube/config", server.kubeconfig());
    env
}

fn namespaces() -> Reply {
    let items = [json!({"metadata": {"name": "shop"}}), json!({"metadata": {"name": "default"}})];
    Reply::page("NamespaceList", &items, None)
}

#[test]
fn warnings_and_repeated_requests_are_told_by_every_command() {
    for (command, status) in [(&["list"][..], 0), (&["shop"], 0), (&[], 0)] {
        let server = FaultServer::http();
        let busy = Reply::status(429, "TooManyRequests", "too many requests").header("Retry-After", "0");
        server.otherwise([busy, namespaces().header("Warning", "299 - \"be careful\"")]);
        let output = environment(&server).run(NS_SWITCH, command).exits(status);
        assert!(output.stderr.contains(AGAIN), "{output}");
        assert!(output.stderr.contains("Warning: be careful\n"), "{output}");
    }
}

#[test]
fn warnings_of_a_checked_cluster_are_told() {
    let server = FaultServer::http();
    let review = json!({"status": {"userInfo": {"username": "me"}}});
    server.otherwise([Reply::json(201, &review).header("Warning", "299 - \"be careful\"")]);
    let output = environment(&server).run(NS_SWITCH, ["contexts", "--check"]).success();
    assert_eq!(output.stderr, "Warning: be careful\n");
}

#[test]
fn a_long_wait_is_told_in_a_pipe() {
    let server = FaultServer::http();
    server.otherwise([namespaces().delay(Duration::from_millis(3000))]);
    let output = environment(&server).run(NS_SWITCH, ["list", "-o", "name"]).success();
    assert_eq!(output.stdout, "namespace/default\nnamespace/shop\n");
    assert_eq!(output.stderr, "listing namespaces: 2 s so far\n");
}
