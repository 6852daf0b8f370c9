//! `rbac`: each command works with that role and nothing else.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{TestEnv, cluster, executable, fresh_namespace};

use crate::support::{NS_SWITCH, bare, run};

/// A user who has the role of a command and nothing else.
fn with_role(command: &str) -> TestEnv {
    let (status, stdout, stderr) = run(&bare(), &["rbac", command, "-o", "json"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let role: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(role["metadata"]["name"], format!("kubectl-ns-switch-{command}"));
    cluster().api().create(&role).unwrap();
    let user = format!("only-{command}");
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": user},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role["metadata"]["name"]},
        "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": user}],
    });
    cluster().api().create(&binding).unwrap();
    let env = TestEnv::new().program(executable(NS_SWITCH)).kubeconfig(cluster().user(&user, &[]).unwrap());
    // The authorizer learns of a role some time after it is created.
    let rule = role["rules"].as_array().unwrap().last().unwrap();
    let text = |value: &Value| value[0].as_str().unwrap_or_default().to_owned();
    let (group, resource, verb) = (text(&rule["apiGroups"]), text(&rule["resources"]), text(&rule["verbs"]));
    let (resource, subresource) = resource
        .split_once('/')
        .map_or((resource.clone(), None), |(one, part)| (one.to_owned(), Some(part.to_owned())));
    let typed = if group.is_empty() { resource } else { format!("{resource}.{group}") };
    let typed = subresource.as_ref().map_or(typed.clone(), |part| format!("{typed}/{part}"));
    let mut line = vec!["whoami", "-A", "--can", &verb, &typed];
    if subresource.is_some() {
        line.push("--subresource");
    }
    let deadline = Instant::now() + Duration::from_secs(120);
    while run(&env, &line).0 != 0 {
        assert!(Instant::now() < deadline, "{line:?}: {:?}", run(&env, &line));
        std::thread::sleep(Duration::from_millis(20));
    }
    env
}

#[test]
fn a_namespace_is_made_with_the_role_of_create() {
    let env = with_role("create");
    let line = [
        "create",
        "team-by-role",
        "--profile",
        "small",
        "--network-policy",
        "deny",
        "--pull-secret",
        "r",
        "--edit",
        "user:jane",
        "--admin",
        "group:a",
        "--yes",
        "-o",
        "json",
    ];
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(status, 0, "{stderr}");
    let document: Value = serde_json::from_str(&stdout).unwrap();
    let kinds: Vec<_> =
        document["objects"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "Namespace",
            "LimitRange",
            "ResourceQuota",
            "NetworkPolicy",
            "ServiceAccount",
            "RoleBinding",
            "RoleBinding"
        ]
    );
    assert!(!stderr.contains("you may not"), "{stderr}");
    assert!(!stderr.contains("DaemonSets can't be listed"), "{stderr}");
}

#[test]
fn certificates_and_tokens_are_issued_with_the_role_of_user() {
    let namespace = fresh_namespace("role");
    cluster().service_account(&namespace, "bot").unwrap();
    let env = with_role("user");
    let (status, _, stderr) = run(&env, &["user", "add", "by-role"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let (status, _, stderr) = run(&env, &["user", "renew", "by-role", "--expires", "2h"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let (status, _, stderr) = run(&env, &["user", "add", &format!("sa:{namespace}/bot")]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let (status, stdout, stderr) = run(&env, &["user", "list"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.contains("by-role "), "{stdout}");
}

#[test]
fn namespaces_are_listed_and_switched_to_with_theirs() {
    let namespace = fresh_namespace("role");
    let env = with_role("list");
    let (status, stdout, stderr) = run(&env, &["list", "-o", "wide"]);
    // Of namespaces that other tests delete it is told what holds them.
    assert_eq!((status, stderr.contains("forbidden")), (0, false), "{stderr}");
    assert!(stdout.contains(&namespace), "{stdout}");
    let env = with_role("to");
    let (status, _, stderr) = run(&env, &[&namespace]);
    assert_eq!(status, 0, "{stderr}");
    assert!(stderr.contains("found on the server"), "{stderr}");
}

#[test]
fn everybody_may_ask_who_they_are() {
    let env = TestEnv::new()
        .program(executable(NS_SWITCH))
        .kubeconfig(cluster().user("nobody-at-all", &[]).unwrap());
    let (status, stdout, stderr) = run(&env, &["whoami", "-o", "name"]);
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (0, "nobody-at-all\n", ""));
    let (status, _, _) = run(&bare(), &["rbac", "whoami"]);
    assert_eq!(status, 0);
}
