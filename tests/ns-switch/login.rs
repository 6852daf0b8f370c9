//! A credential plugin that waits for a person: its time is not the server's, and it is named.

use std::time::{Duration, Instant};

use serde_json::json;
use support::{FaultServer, Reply, TestEnv};

use crate::support::{bare, config, expect, run};

const WAITING: &str = "waiting for the credential plugin login, which may be waiting for you to log in\n";

/// A context `x` whose user logs in by a plugin that takes this many seconds.
fn environment(server: &FaultServer, seconds: &str) -> TestEnv {
    let env = bare();
    let plugin = env.script(
        "login",
        &format!(
            "#!/bin/sh\nsleep {seconds}\n\
             echo '{{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {{\"token\": \"t\"}}}}'\n"
        ),
    );
    let text = format!(
        "clusters: [{{name: c, cluster: {{server: '{}', insecure-skip-tls-verify: true}}}}]\n\
         users: [{{name: u, user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, command: '{}', interactiveMode: Never}}}}}}]\n\
         contexts:\n- {{name: x, context: {{cluster: c, user: u}}}}\ncurrent-context: x\n",
        server.url(),
        plugin.display()
    );
    env.file(".kube/config", text);
    env
}

fn shop() -> Reply {
    Reply::json(200, &json!({"metadata": {"name": "shop"}}))
}

#[test]
fn the_time_of_a_login_is_not_the_servers() {
    let server = FaultServer::https();
    server.otherwise([shop()]);
    let env = environment(&server, "2.5");
    let switched =
        format!("{WAITING}✔ Namespace \"shop\" (context x, cluster {}; found on the server)\n", server.url());
    expect(&env, &["shop", "--request-timeout=2s"], 0, "", &switched);
    assert!(config(&env).contains("namespace: shop"));
}

#[test]
fn a_quick_login_is_not_told() {
    let server = FaultServer::https();
    server.otherwise([shop()]);
    let said = format!("✔ Namespace \"shop\" (context x, cluster {}; found on the server)\n", server.url());
    expect(&environment(&server, "0"), &["shop"], 0, "", &said);
}

#[test]
fn the_time_of_the_server_ends_after_a_login_too() {
    let server = FaultServer::https();
    server.otherwise([shop().delay(Duration::from_secs(60))]);
    let env = environment(&server, "1.5");
    let before = config(&env);
    let started = Instant::now();
    let (status, stdout, stderr) = run(&env, &["shop", "--request-timeout=1s"]);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert_eq!((status, stdout.as_str()), (1, ""), "{stderr}");
    assert!(stderr.starts_with(WAITING), "{stderr}");
    assert!(
        stderr.contains(" did not answer within 1s") || stderr.contains("Client.Timeout exceeded"),
        "{stderr}"
    );
    assert_eq!(config(&env), before);
}

#[test]
fn every_cluster_is_asked_for_as_long_after_a_login() {
    let server = FaultServer::https();
    let review = json!({"status": {"userInfo": {"username": "me"}}});
    server.otherwise([Reply::json(201, &review)]);
    let env = environment(&server, "2.5");
    let (status, stdout, stderr) = run(&env, &["contexts", "--check", "--request-timeout=2s", "-o", "json"]);
    assert_eq!(status, 0, "{stdout}{stderr}");
    assert!(stderr.contains(WAITING), "{stderr}");
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document["items"][0]["check"]["username"], "me", "{document}");
}
