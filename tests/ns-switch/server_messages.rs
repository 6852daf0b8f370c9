//! What a server says beside its answers, and how long it takes, on standard error.

use std::time::Duration;

use serde_json::json;
use support::{FaultServer, Reply, Terminal, TestEnv};

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

#[test]
fn a_credential_plugin_that_asks_something_has_the_terminal_to_itself() {
    let server = FaultServer::https();
    server.otherwise([namespaces()]);
    let env = bare();
    let plugin = env.script(
        "login",
        "#!/bin/sh\nprintf 'Password: ' >&2\nsleep 1.5\necho welcome >&2\n\
         echo '{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {\"token\": \"t\"}}'\n",
    );
    let exec = format!(
        "exec: {{apiVersion: client.authentication.k8s.io/v1, interactiveMode: IfAvailable, command: '{}'}}",
        plugin.display()
    );
    let kubeconfig = server.kubeconfig().replace("token: token-of-the-test", &exec);
    env.file(".kube/config", kubeconfig);
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["list", "-o", "name"], (24, 80));
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    let written = String::from_utf8_lossy(&terminal.raw()).into_owned();
    assert!(written.contains("Password: welcome\r\n"), "{written:?}");
}
