//! `kubectl quota rbac`: each command as a user who has the printed role, and nothing else.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{cpu, deployment, limit_range, template},
    support::{administrator, create, enforced_quota, user, wait_for_status},
};

/// Gives a user the role that is printed for a command.
fn grant(env: &TestEnv, command: &str, namespace: Option<&str>, name: &str) {
    let place = match namespace {
        Some(namespace) => vec!["-n", namespace],
        None => vec!["-A"],
    };
    let words = [vec!["quota", "rbac", command], place].concat();
    let printed = env.run("kubectl", words).success().stdout;
    let mut role: Value = serde_yaml::from_str(&printed).expect("a role");
    role["metadata"]["name"] = json!(name);
    create(&role);
    let mut metadata = json!({"name": name});
    if let Some(namespace) = namespace {
        metadata["namespace"] = json!(namespace);
    }
    let binding = if namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
    create(&json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": binding, "metadata": metadata,
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": role["kind"], "name": name},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": name}],
    }));
}

/// Runs a command until the authorizer has learnt of the role.
fn until_permitted(env: &TestEnv, words: &[&str]) -> support::Output {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    loop {
        let output = env.run("kubectl", words);
        let is_done = !matches!(output.status, Some(4 | 6)) && !output.stderr.contains("forbidden");
        if is_done || std::time::Instant::now() > deadline {
            return output;
        }
    }
}

#[test]
fn a_user_with_the_printed_role_gets_a_whole_answer() {
    let namespace = fresh_namespace("rights");
    let hard = json!({
        "requests.cpu": "4", "services": "9", "configmaps": "9", "secrets": "9", "requests.storage": "9Gi",
        "count/jobs.batch": "9", "count/deployments.apps": "9",
    });
    enforced_quota(&namespace, "compute", &hard);
    let item = json!({"type": "Container", "defaultRequest": {"cpu": "100m"}, "default": {"cpu": "200m"}});
    create(&limit_range(&namespace, "defaults", &item));
    create(&deployment(&namespace, "web", 1, template("web", &cpu("100m"))));
    wait_for_status(&namespace, "compute", |status| status["used"]["requests.cpu"] == "100m");
    let admin = administrator();
    let commands: [(&str, &[&str]); 6] = [
        ("usage", &[]),
        ("who", &[]),
        ("verify", &[]),
        ("limits", &["deployment/web"]),
        ("lint", &["--fail-on", "never"]),
        ("fits", &["deployment/web"]),
    ];
    for (command, words) in commands {
        let name = format!("{namespace}-{command}");
        let env = user(&name);
        let line = [&["quota", command, "-n", &namespace], words].concat();
        env.run("kubectl", &line).exits(6);
        grant(&admin, command, Some(&namespace), &name);
        let output = until_permitted(&env, &line).success();
        assert!(!output.stderr.contains("Warning"), "{output}");
    }
}

#[test]
fn a_cluster_role_covers_all_namespaces() {
    let namespace = fresh_namespace("rights-all");
    enforced_quota(&namespace, "compute", &json!({"pods": "9", "services": "9"}));
    let admin = administrator();
    for (command, words) in [("usage", &[][..]), ("limits", &[]), ("lint", &["--fail-on", "never"])] {
        let name = format!("{namespace}-{command}");
        let env = user(&name);
        grant(&admin, command, None, &name);
        let line = [&["quota", command, "-A"], words].concat();
        let output = until_permitted(&env, &line).success();
        assert!(!output.stderr.contains("Warning"), "{output}");
    }
    let role = admin.run("kubectl", ["quota", "rbac", "limits", "-A"]).success().stdout;
    assert!(role.starts_with("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"), "{role}");
    assert!(cluster().api().get("/version").is_ok());
}
