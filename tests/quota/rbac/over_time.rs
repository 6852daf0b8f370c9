//! Permissions for what changes while a command runs, or that tell of a moment: answers that no two runs have in common.

use std::time::Instant;

use cluster::Cluster;
use serde_json::json;
use support::{Terminal, TestEnv, keys};

use super::{
    PATIENCE,
    fixture::{administrator, cluster},
    permissions, role, user_with,
};
use crate::{objects::quota, support::QUOTA};

/// Creates a namespace with a quota that is enforced.
fn namespace(cluster: &Cluster, name: &str) {
    cluster
        .api()
        .create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}))
        .expect("a namespace");
    cluster.api().create(&quota(name, "few", &json!({"services": "9"}))).expect("a quota");
    let path = format!("/api/v1/namespaces/{name}/resourcequotas/few");
    let is_counted = |quota: &serde_json::Value| quota["status"]["hard"] == quota["spec"]["hard"];
    cluster.api().wait_for(&path, "a count", is_counted).expect("a count");
}

/// Returns who has the printed role of a command, and who has it without one permission.
fn with_and_without(command: &str, namespace: &str, verb: &str, resource: &str) -> (TestEnv, TestEnv) {
    let all = permissions(&role(&administrator(), command, Some(namespace)));
    let is_left_out = |one: &&(String, String, String)| one.1 == resource && one.2 == verb;
    assert_eq!(all.iter().filter(is_left_out).count(), 1, "{all:?}");
    let rest: Vec<_> = all.iter().filter(|one| !is_left_out(one)).cloned().collect();
    let user = |suffix: &str, permissions: &[_]| {
        user_with(&format!("{namespace}-{command}-{suffix}"), Some(namespace), permissions)
    };
    (user("with", &all), user("without", &rest))
}

#[test]
fn changes_are_watched() {
    namespace(cluster(), "watched");
    let (with, without) = with_and_without("usage", "watched", "watch", "resourcequotas");
    let words = ["usage", "--watch", "-o", "json", "-n", "watched"];
    let mut terminal = Terminal::start(&with, QUOTA, words, (40, 400));
    terminal.wait_for("\"change\": \"new\"");
    let status = json!({"status": {"used": {"services": "4"}}});
    cluster()
        .api()
        .merge_patch("/api/v1/namespaces/watched/resourcequotas/few/status", &status)
        .expect("another status");
    terminal.wait_for("\"change\": \"used +4\"");
    terminal.send(keys::CONTROL_C);
    assert_eq!(terminal.wait().0, 130);
    let refused = without.run(QUOTA, words).exits(6);
    assert!(refused.stderr.contains("cannot watch resource \"resourcequotas\""), "{refused}");
}

#[test]
fn a_quota_is_created_and_its_enforcement_awaited() {
    namespace(cluster(), "created");
    let (with, without) = with_and_without("create", "created", "watch", "resourcequotas");
    let create = |env: &TestEnv, name: &str| {
        let words =
            ["create", name, "--hard", "pods=50", "--default-request", "cpu=100m", "--yes", "-n", "created"];
        env.run(QUOTA, words)
    };
    let created = create(&with, "one").success();
    assert_eq!(created.stdout, "limitrange/one created\nresourcequota/one created\n", "{created}");
    let path = |kind: &str, name: &str| format!("/api/v1/namespaces/created/{kind}/{name}");
    let one = cluster().api().get(&path("resourcequotas", "one")).expect("a quota");
    assert_eq!(one["status"]["hard"], one["spec"]["hard"]);
    // A quota that is enforced by the time it is first looked at is not waited for.
    let deadline = Instant::now() + PATIENCE;
    let refused = (0..).map(|number| create(&without, &format!("other-{number}")));
    let refused = refused.into_iter().find(|output| output.status == Some(6) || Instant::now() > deadline);
    let refused = refused.expect("an output").exits(6);
    assert!(refused.stderr.contains("cannot watch resource \"resourcequotas\""), "{refused}");
}

#[test]
fn when_what_has_drifted_was_written_is_read() {
    namespace(cluster(), "drifted");
    let status = json!({"status": {"used": {"services": "4"}}});
    cluster()
        .api()
        .merge_patch("/api/v1/namespaces/drifted/resourcequotas/few/status", &status)
        .expect("another status");
    let (with, without) = with_and_without("verify", "drifted", "get", "resourcequotas");
    let written = |env: &TestEnv| {
        let report = env.run(QUOTA, ["verify", "-n", "drifted", "-o", "json"]).exits(3).json();
        report["items"][0]["recordedAt"].clone()
    };
    assert!(written(&with).is_string());
    assert!(written(&without).is_null());
}
