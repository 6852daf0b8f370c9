//! AUTH and EXPIRES.

use support::TestEnv;

use crate::support::{bare, run};

/// The payload is `{"exp":1767323045}`: 2026-01-02T03:04:05Z.
const JWT: &str = "e30.eyJleHAiOjE3NjczMjMwNDV9.c2ln";

fn pem(common_name: &str, organizations: &[&str], until: i32) -> (String, String) {
    let mut parameters = rcgen::CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(rcgen::DnType::CommonName, common_name);
    for organization in organizations {
        parameters.distinguished_name.push(rcgen::DnType::OrganizationName, *organization);
    }
    parameters.not_before = rcgen::date_time_ymd(2020, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(until, 2, 3);
    let key = rcgen::KeyPair::generate().unwrap();
    (parameters.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

/// One context with this user.
fn env(user: &str) -> TestEnv {
    let env = bare();
    env.file(
        ".kube/config",
        format!("clusters: [{{name: c, cluster: {{server: 'https://127.0.0.1:1'}}}}]\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\nusers:\n- name: u\n  user: {user}\n"),
    );
    env
}

/// AUTH and EXPIRES in the table, and the document's item.
fn shown(env: &TestEnv) -> (String, serde_json::Value) {
    let (status, table, _) = run(env, &["contexts", "--no-headers"]);
    assert_eq!(status, 0);
    let columns = table.split_once(" u   ").unwrap().1.trim().to_owned();
    let (_, json, _) = run(env, &["contexts", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    (columns, document["items"][0].clone())
}

#[test]
fn every_kind_has_its_word() {
    for (user, columns) in [
        ("{}", "none   -"),
        ("{token: hunter2}", "token   -"),
        ("{username: me, password: hunter2}", "basic   -"),
        ("{auth-provider: {name: oidc, config: {client-secret: hunter2}}}", "oidc   -"),
        ("{auth-provider: {name: gcp}}", "auth-provider:gcp   -"),
        ("{tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token}", "in-cluster   -"),
        ("{token: hunter2, as: admin}", "token as admin   -"),
    ] {
        assert_eq!(shown(&env(user)).0, columns, "{user}");
    }
}

#[test]
fn a_credential_plugin_is_named_and_never_run() {
    let env = bare();
    let ran = env.home().join("ran");
    env.script("plugins/login", &format!("#!/bin/sh\ntouch {}\n", ran.display()));
    env.file(
        ".kube/config",
        "current-context: x\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}, {name: other}]\nusers:\n- name: u\n  user:\n    exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: ../plugins/login, args: [hunter2]}\n",
    );
    let (_, json, _) = run(&env, &["contexts", "-o", "json"]);
    assert!(json.contains("\"kind\": \"exec:login\""), "{json}");
    for line in [&["contexts"][..], &["-c"], &["use", "other"], &["doctor"], &["__complete", "use", ""]] {
        let (_, stdout, stderr) = run(&env, line);
        assert!(!stdout.contains("hunter2") && !stderr.contains("hunter2"), "{stdout}{stderr}");
    }
    assert!(!ran.exists(), "the plugin was run");
}

#[test]
fn a_certificate_shows_its_holder_and_its_end() {
    let (certificate, key) = pem("alice", &["dev"], 2021);
    let env = env("{client-certificate: pki/me.crt, client-key: pki/me.key}");
    env.file(".kube/pki/me.crt", &certificate);
    env.file(".kube/pki/me.key", &key);
    let (columns, item) = shown(&env);
    assert!(columns.starts_with("client-certificate CN=alice O=dev   expired "), "{columns}");
    assert!(columns.ends_with(" ago"), "{columns}");
    assert_eq!(item["auth"]["kind"], "client-certificate");
    assert_eq!(item["auth"]["commonName"], "alice");
    assert_eq!(item["auth"]["organizations"], serde_json::json!(["dev"]));
    assert_eq!(item["auth"]["expires"], "2021-02-03T00:00:00Z");
    let (_, colored, _) = run(&env, &["contexts", "--color", "always"]);
    assert!(colored.contains("\u{1b}[31mexpired "), "{colored}");
}

#[test]
fn a_certificate_inside_the_file_reads_alike() {
    let (certificate, key) = pem("bob", &[], 2090);
    let env = bare();
    let encoded = |text: &str| {
        // What `base64 -w0` prints.
        let output = env.command("base64", ["-w0"]).stdin(text).run().success();
        output.stdout
    };
    let user =
        format!("{{client-certificate-data: {}, client-key-data: {}}}", encoded(&certificate), encoded(&key));
    let (columns, item) = shown(&self::env(&user));
    assert!(columns.starts_with("client-certificate CN=bob   in "), "{columns}");
    assert_eq!(item["problems"], serde_json::json!([]));
    let (_, wide, _) = run(&self::env(&user), &["contexts", "-o", "yaml"]);
    assert!(!wide.contains("PRIVATE") && !wide.contains(&encoded(&key)[..40]));
}

#[test]
fn tokens_that_say_when_they_end_are_believed() {
    for user in [format!("{{token: {JWT}}}"), "{tokenFile: token}".to_owned()] {
        let env = env(&user);
        env.file(".kube/token", JWT);
        let (columns, item) = shown(&env);
        assert!(columns.starts_with("token   expired "), "{columns}");
        assert_eq!(item["auth"]["expires"], "2026-01-02T03:04:05Z");
        assert!(!columns.contains("e30") && !item.to_string().contains("e30"));
    }
}

#[test]
fn what_is_missing_is_a_problem_of_the_context() {
    let (_, item) = shown(&env("{client-certificate: gone.crt, client-key: gone.key}"));
    let problems: Vec<&str> =
        item["problems"].as_array().unwrap().iter().map(|problem| problem.as_str().unwrap()).collect();
    assert!(problems[0].starts_with("can't read the certificate /"), "{problems:?}");
    assert!(problems[1].starts_with("can't read the key /"), "{problems:?}");
    assert_eq!(problems.len(), 2);
}
